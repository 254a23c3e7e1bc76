"""Tests of what people do, on both databases."""
