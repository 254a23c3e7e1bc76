"""Groups and their lines as rows, written whole or not at all."""
