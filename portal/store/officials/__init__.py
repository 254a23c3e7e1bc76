"""SKR's list, read from its file."""
