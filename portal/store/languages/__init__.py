"""Translations as files: found in the code and the catalogue, brought up to date, compiled and loaded."""
