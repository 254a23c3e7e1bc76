"""Texts in every language: how true a translation is, the rules of each script, and what readers report."""
