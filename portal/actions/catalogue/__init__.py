"""What editors do with the contacts of their kommun."""
