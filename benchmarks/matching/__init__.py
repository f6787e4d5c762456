"""Which promo codes do distinct used codes match? Ours, other engines, and what people write by hand.

Every contender is a function of two files: `patterns` (one per line) and `codes` (Parquet, column `code`, distinct).
Its answer is the pairs of (place of the code, place of the pattern). Reading the files is not timed, nor is turning
what an engine reports into that form beyond what its user would have to do to know which code matched which pattern.
"""
