"""The words of annexes for the search: read after the receipt, in another process, and never in its way."""
