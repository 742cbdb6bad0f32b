"""The transfer gateway, and every door of the product."""
