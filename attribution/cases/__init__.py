"""A program's own test cases: small conversions and clicks, and the credits that are expected of them.

`run.run_cases` runs files of them; the manual page `test-cases` has their grammar, of which `case_orders`,
`case_clicks`, `expected` and `moments` each read a part. Every scalar is the text that is written.
"""
