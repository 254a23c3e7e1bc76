"""What is done with groups and places: by residents, by those who lead them, and by the clock."""
