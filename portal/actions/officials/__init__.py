"""What officers of a kommun do with its own catalogue."""
