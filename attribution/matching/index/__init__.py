"""The indices of a matcher: where the literals and the required literals of patterns are looked up."""
