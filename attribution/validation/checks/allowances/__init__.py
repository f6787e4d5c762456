"""Checks of the family `allowances`: what has become of the exceptions that a program makes for itself."""
