"""Remembering: files and the database. Nothing above it reads a file or a row itself."""
