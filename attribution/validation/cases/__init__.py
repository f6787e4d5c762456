"""A program's own test cases: small conversions and clicks, and the credits that are expected of them."""
