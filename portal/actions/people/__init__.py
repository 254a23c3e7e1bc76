"""Letters and their way out as mail."""
