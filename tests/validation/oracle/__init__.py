"""Findings against brute force: every used code up to a length, by loops and `regex`."""
