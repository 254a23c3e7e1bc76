"""Counting, and what the statistics tell."""
