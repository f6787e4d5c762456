"""Checks of the family `overlap`: which promo codes get in each other's way."""
