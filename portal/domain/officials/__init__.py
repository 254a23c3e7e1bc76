"""What a kommun sees of its own catalogue: the law's guard, SKR's list, whom it reaches."""
