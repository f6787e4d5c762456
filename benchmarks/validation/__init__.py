"""Validation of programs."""
