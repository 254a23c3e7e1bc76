"""Those who work in the staff room: what each may do, how she comes in, and how guessing is slowed."""
