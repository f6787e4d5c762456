"""Makers of the benchmarks' data: seeded, by parameters alone, cached in `benchmarks/data/`."""
