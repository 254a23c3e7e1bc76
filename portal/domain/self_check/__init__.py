"""Which insatser fit, why, in which order, and what to ask next."""
