"""Checks of the family `dates`: when promo codes are active, and when they were probably meant to be."""
