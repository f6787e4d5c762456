"""The whole job: conversions and a click log from files to credits and verdicts in files.

Every contender is a function of the same files and leaves `credits.parquet` and `verdicts.parquet` in a directory.
Phase `load` reads the promo codes, `job` is all the rest; imports are in neither.
"""
