"""The directory that results go to: tried before work is spent, and left as it was when the work fails."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from attribution.events.problems import OutputError
from attribution.events.write import KNOWN_TABLES, prepare_directory


@contextmanager
def output_directory(path: str, inputs: Sequence[str]) -> Iterator[Path]:
    """Make the directory, give it to the work, and take away again what was made if the work fails.

    Raises `OutputError` where it cannot be written, or where results would replace what is read.
    """
    place = Path(path)
    _refuse_to_replace(place, inputs)
    made = [parent for parent in (place, *place.parents) if not parent.exists()]
    prepare_directory(place)
    try:
        yield place
    except BaseException:
        for directory in made:
            with suppress(OSError):  # it is not empty, or somebody was faster
                directory.rmdir()
        raise


def _refuse_to_replace(place: Path, inputs: Sequence[str]) -> None:
    there = place.resolve()
    for given in inputs:
        path = Path(given).resolve()
        if path == there and path.is_dir():
            raise OutputError(place, "is a directory that is read from; the next run would read these results")
        if path.parent == there and path.name.split(".")[0] in KNOWN_TABLES:
            raise OutputError(path, "is read, and would be replaced by results; give another output directory")
