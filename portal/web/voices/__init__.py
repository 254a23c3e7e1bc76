"""The portal in one language: sentences with their gaps filled, templates, directions, and who wants which language."""
