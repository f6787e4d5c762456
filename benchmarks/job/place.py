"""Where a contender of the whole job writes its tables."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.make.cache import DATA


@contextmanager
def output(answer: str | None) -> Iterator[Path]:
    """The directory of the answer, or while timed one on the same disk that is removed afterwards."""
    if answer is not None:
        yield Path(answer)
        return
    DATA.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=DATA, prefix=".timed-") as directory:
        yield Path(directory)
