"""The cases of start-up: the help, and a small run, beside Python and Polars doing nothing."""

from collections.abc import Iterator
from typing import Final

from benchmarks.cases import Case, Contender

_SAMPLE: Final = "samples/quickstart"
_COMMANDS: Final = {
    "startup-help": ("`attribution --help`", ["--help"], 0),
    "startup-credit": (
        f"`attribution credit` on {_SAMPLE}",
        [
            "credit",
            f"{_SAMPLE}/program.json",
            *("--conversions", f"{_SAMPLE}/conversions.csv"),
            *("--clicks", f"{_SAMPLE}/clicks.csv"),
            *("--output", "{output}"),
        ],
        2,
    ),
}


def startup_cases(_scale: float) -> Iterator[Case]:
    """All cases; there is nothing to scale."""
    for name, (title, arguments, files) in _COMMANDS.items():
        yield Case(
            name=name,
            title=title,
            contenders=(
                _command("ours", ["-m", "attribution", *arguments]),
                _command("python", ["-c", "pass"], "`python -c pass`"),
                _command("polars", ["-c", "import polars"], "`python -c 'import polars'`"),
            ),
            total=("process",),
            expected={"files written": files},
            repeats=10,
        )


def _command(name: str, arguments: list[str], note: str = "") -> Contender:
    return Contender(name, "benchmarks.startup.commands:run", {"arguments": arguments}, answers=False, note=note)
