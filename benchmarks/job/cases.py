"""The cases of the whole job: three sizes, each without and with regexes.

400 M clicks come with the conversions of 40 M, and with the same clicks of converting customers: the credits are the
same row by row, so the stated counts are too.
"""

from collections.abc import Iterator
from typing import Final

from benchmarks.cases import Case, Contender
from benchmarks.job.expected import EXPECTED
from benchmarks.make.cache import DATA
from benchmarks.make.clicks import PART_ROWS
from benchmarks.scale import shrunk, sized

SIZES: Final = {"4M": (4_000_000, 200_000), "40M": (40_000_000, 2_000_000), "400M": (400_000_000, 2_000_000)}
REGEXES: Final = (0, 1_000)
LITERALS: Final = 100_000
_PANDAS: Final = "4M"
_OUR_PHASES: Final = "in Python, load and job; job is engine, credit, summary and write"


def job_cases(scale: float) -> Iterator[Case]:
    """All cases, smallest first."""
    for size, (clicks, conversions) in SIZES.items():
        for regexes in REGEXES:
            yield _case(size, sized(clicks, scale), sized(conversions, scale), regexes, scale)


def _case(size: str, clicks: int, conversions: int, regexes: int, scale: float) -> Case:
    numbers = {
        "clicks": clicks,
        "conversions": conversions,
        "literals": shrunk(LITERALS, scale),
        "regexes": shrunk(regexes, scale),
        "used_regexes": shrunk(REGEXES[-1], scale),
    }
    files = {
        "program": str(DATA / f"program-{numbers['literals']}-{numbers['regexes']}-1.json"),
        "conversions": str(
            DATA / f"conversions-{conversions}-{numbers['literals']}-{numbers['used_regexes']}-1.parquet"
        ),
        "clicks": str(DATA / f"clicks-{clicks}-{conversions}-{PART_ROWS}-1"),
    }
    contenders = [
        Contender("ours", "benchmarks.job.command_line:run", files, note="`attribution credit ... --json`"),
        Contender("in-python", "benchmarks.job.in_python:run", files, note=_OUR_PHASES),
        Contender(
            "decode",
            "benchmarks.job.decode:run",
            {"clicks": files["clicks"]},
            answers=False,
            note="Polars reads the three click columns, no more",
        ),
        Contender("duckdb", "benchmarks.job.duckdb_peer:run", files, ("duckdb",)),
    ]
    if size == _PANDAS:
        contenders.append(Contender("pandas", "benchmarks.job.pandas_peer:run", files, ("pandas", "pyarrow")))
    return Case(
        name=f"job-{size}-{regexes}",
        title=f"{clicks:,} clicks, {conversions:,} conversions, "
        f"{numbers['literals']:,} literals, {numbers['regexes']:,} regexes",
        contenders=tuple(contenders),
        make=(("benchmarks.job.data:make", numbers),),
        check="benchmarks.job.compare:check",
        total=("process",),
        expected=EXPECTED.get((conversions, numbers["literals"], numbers["regexes"])),
    )
