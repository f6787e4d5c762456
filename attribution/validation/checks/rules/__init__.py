"""Checks of the family `rules`: whom promo codes credit, by which rule, in which program."""
