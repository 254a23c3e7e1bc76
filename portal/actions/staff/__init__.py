"""What is done with accounts of staff."""
