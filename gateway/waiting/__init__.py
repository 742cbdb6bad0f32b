"""The waiting list with its persons: for the pages, the API and the command line."""
