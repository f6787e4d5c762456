"""The two readers of event tables, and what they return."""

from attribution.events.clicks import ClickScan, scan_clicks
from attribution.events.conversions import ConversionTable, read_conversions
from attribution.events.sources import Source

__all__ = ["ClickScan", "ConversionTable", "Source", "read_conversions", "scan_clicks"]
