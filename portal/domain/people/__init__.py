"""How a person is reached, and what she is written."""
