"""Seconds of the phases of a run, by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter


class Phases(dict[str, float]):
    """`with phases("match"): ...` adds the time that the block took."""

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Time a block."""
        started = perf_counter()
        yield
        self[name] = self.get(name, 0.0) + perf_counter() - started
