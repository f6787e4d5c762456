"""Validation of a program before money moves: findings with proof, and the program's own test cases."""

from attribution.program.problem import Place
from attribution.validation.finding import Finding, Severity

__all__ = ["Finding", "Place", "Severity"]
