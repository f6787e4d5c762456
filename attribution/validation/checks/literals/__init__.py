"""Checks of the family `literals`: what is written in literal codes."""
