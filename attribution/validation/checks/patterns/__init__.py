"""Checks of the family `patterns`."""
