"""What several wings ask of people: the languages they speak, and how guessing of codes is slowed."""
