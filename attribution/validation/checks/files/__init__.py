"""Checks of the family `files`: what loading refuses. Loading finds it, these say what it means."""
