"""Checks that look at data (U): what the conversions and clicks of a period say about the program."""
