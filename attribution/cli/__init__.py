"""The command line. It decides nothing: it parses, calls the library once and prints.

Results go to stdout, remarks and progress to stderr. Exit codes: 0 done, 1 done with findings, 2 misused, 3 our fault,
130 interrupted. Importing this package loads neither Polars nor pydantic: commands import what they need when they run.
"""

from attribution.cli.app import app, main

__all__ = ["app", "main"]
