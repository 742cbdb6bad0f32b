"""The waiting list: its order, and beds that free proposed to those who wait."""
