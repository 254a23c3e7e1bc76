"""Counters, and what rows of groups are tallied into them."""
