"""The catalogue's files, read strictly, and what editors have changed of contacts."""
