"""Our runs and the peers' runs, side by side on the same data: `python -m benchmarks --help`."""
