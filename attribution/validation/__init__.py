"""Validation of a program before money moves: findings with proof, and the program's own test cases."""

from attribution.validation.finding import Finding, Place, Severity

__all__ = ["Finding", "Place", "Severity"]
