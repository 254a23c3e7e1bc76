"""What is done with an application: by who applies, by who handles it, and by the clock."""
