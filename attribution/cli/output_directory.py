"""The directory that results go to: tried before work is spent, and left as it was when the work fails."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from attribution.events.earlier_results import KNOWN_TABLES, earlier_results, places
from attribution.events.event_errors import OutputError
from attribution.events.output import prepare_directory
from attribution.events.table_files import Format, find_files


@contextmanager
def output_directory(
    path: str, names: Iterable[str], format: Format, *, tables: Sequence[str], programs: Sequence[str]
) -> Iterator[Path]:
    """Make the directory, give it to the work, and take away again what was made if the work fails.

    `names` are the tables that go there; `tables` and `programs` what is read. Raises `OutputError` where the directory
    cannot be written, or where results would replace what is read or what is no result.
    """
    place = Path(path)
    _refuse_to_replace(place, tables, programs)
    made = [parent for parent in (place, *place.parents) if not parent.exists()]
    prepare_directory(place)
    earlier_results(place, {name: KNOWN_TABLES[name] for name in names}, format)
    try:
        yield place
    except BaseException:
        for directory in made:
            with suppress(OSError):  # it is not empty, or somebody was faster
                directory.rmdir()
        raise


def refuse_to_replace(output: str, names: Iterable[str], tables: Sequence[str]) -> None:
    """Raise `OutputError` where Parquet files of these names in `output` would replace tables that are read."""
    replaced = [path for name in names if (path := Path(output) / f"{name}.parquet").exists()]
    for given in tables:
        for file in find_files(given):
            _refuse_if_among(replaced, file.path)


def _refuse_to_replace(place: Path, tables: Sequence[str], programs: Sequence[str]) -> None:
    if not place.is_dir():
        return
    replaced = [path for path, _, _ in places(place) if path.exists()]
    for given in tables:
        files = [file.path for file in find_files(given)]
        for path in files:
            _refuse_if_among(replaced, path)
        if files != [Path(given)] and any(path.parent.samefile(place) for path in files):
            raise OutputError(place, f"is read from, by {given}; the next run would read these results")
    for given in programs:
        _refuse_if_among(replaced, Path(given))


def _refuse_if_among(replaced: Sequence[Path], path: Path) -> None:
    if any(path.samefile(other) for other in replaced):
        raise OutputError(path, "is read, and would be replaced by results; give another output directory")
