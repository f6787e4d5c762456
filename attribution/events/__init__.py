"""What happened: conversions and clicks, read from files and frames, and result tables, written to files.

`read` has the two readers, `records` the single order, `write` the output; every error is an
`EventError` of `problems`.
"""
