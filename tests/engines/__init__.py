"""The portal in another engine than Chromium: make engines, and no part of make test."""
