"""Overlaps: promo codes of two partners that one used code satisfies at once, each with the shortest such code."""

from attribution.validation.overlaps.codes import Indices
from attribution.validation.overlaps.find import find_overlaps
from attribution.validation.overlaps.languages import Doubt
from attribution.validation.overlaps.overlap_facts import LISTED, Overlap, Overlaps, Undecided

__all__ = ["LISTED", "Doubt", "Indices", "Overlap", "Overlaps", "Undecided", "find_overlaps"]
