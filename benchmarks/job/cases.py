"""The cases of the whole job: three sizes, each without and with regexes; a shop of regulars; a guest.

400 M clicks come with the conversions of 40 M, and with the same clicks of converting customers: the credits are the
same row by row, so the stated counts are too.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from benchmarks.cases import Case, Contender
from benchmarks.job.expected import EXPECTED, GUESTS, REGULARS
from benchmarks.job.history import history_case
from benchmarks.make.cache import DATA
from benchmarks.make.clicks import PART_ROWS
from benchmarks.scale import shrunk, sized

SIZES: Final = {"4M": (4_000_000, 200_000), "40M": (40_000_000, 2_000_000), "400M": (400_000_000, 2_000_000)}
REGEXES: Final = (0, 1_000)
LITERALS: Final = 100_000
_PANDAS: Final = "4M"
_OUR_PHASES: Final = "in Python, load and job; job is engine, credit, summary and write"
_COMMAND: Final = "benchmarks.job.command_line:run"
_PAIRS: Final = 0.01
"""The scale up to which the pairs of one customer's orders and clicks, which DuckDB makes, fit into memory."""
_CHECK: Final = "benchmarks.job.compare:check"

Files = Mapping[str, str]


def job_cases(scale: float) -> Iterator[Case]:
    """All cases, smallest first."""
    yield _guest(scale)
    for size, (clicks, conversions) in SIZES.items():
        for regexes in REGEXES:
            case = _prospects(size, sized(clicks, scale), sized(conversions, scale), regexes, scale)
            yield case
            if regexes and size != _PANDAS:
                yield history_case(case)
        if size == "40M":
            yield _regulars(scale)


def _prospects(size: str, clicks: int, conversions: int, regexes: int, scale: float) -> Case:
    numbers = {
        "clicks": clicks,
        "conversions": conversions,
        "literals": shrunk(LITERALS, scale),
        "regexes": shrunk(regexes, scale),
        "used_regexes": shrunk(REGEXES[-1], scale),
    }
    files = {
        "program": _program(numbers["literals"], numbers["regexes"]),
        "conversions": str(
            DATA / f"conversions-{conversions}-{numbers['literals']}-{numbers['used_regexes']}-1.parquet"
        ),
        "clicks": str(DATA / f"clicks-{clicks}-{conversions}-{PART_ROWS}-1"),
    }
    contenders = [*_ours(files), _decode(files), _duckdb(files)]
    if size == _PANDAS:
        contenders.append(Contender("pandas", "benchmarks.job.pandas_peer:run", files, ("pandas", "pyarrow")))
    return Case(
        name=f"job-{size}-{regexes}",
        title=f"{clicks:,} clicks, {conversions:,} conversions, "
        f"{numbers['literals']:,} literals, {numbers['regexes']:,} regexes",
        contenders=tuple(contenders),
        make=(("benchmarks.job.data:make", numbers),),
        check=_CHECK,
        total=("process",),
        expected=EXPECTED.get((conversions, numbers["literals"], numbers["regexes"])),
    )


def _regulars(scale: float) -> Case:
    shop = {
        "clicks": sized(40_000_000, scale),
        "conversions": sized(2_000_000, scale),
        "codes": sized(400_000, scale),
        "regexes": shrunk(REGEXES[-1], scale),
    }
    literals, regexes = shrunk(LITERALS, scale), shop["regexes"]
    files = {
        "program": _program(literals, regexes),
        "conversions": str(DATA / f"regulars-conversions-{'-'.join(map(str, shop.values()))}-1.parquet"),
        "clicks": str(DATA / f"regulars-clicks-{shop['clicks']}-{PART_ROWS}-1"),
    }
    return Case(
        name="job-regulars-40M",
        title=f"{shop['clicks']:,} clicks of {shop['clicks'] // 5:,} customers who all may convert, "
        f"{shop['conversions']:,} conversions, {shop['codes']:,} used codes that {regexes:,} regexes match",
        contenders=(*_ours(files), _decode(files), _duckdb(files)),
        make=(("benchmarks.job.data:make_regulars", {**shop, "literals": literals}),),
        check=_CHECK,
        total=("process",),
        expected=REGULARS.get((shop["conversions"], literals, regexes)),
    )


def _guest(scale: float) -> Case:
    numbers = {
        "clicks": sized(4_000_000, scale),
        "conversions": sized(200_000, scale),
        "more_clicks": sized(1_000_000, scale),
        "more_orders": sized(100_000, scale),
        "literals": shrunk(LITERALS, scale),
        "regexes": shrunk(REGEXES[-1], scale),
    }
    codes = f"{numbers['literals']}-{numbers['regexes']}"
    rows = "-".join(str(numbers[name]) for name in ("clicks", "conversions", "more_clicks", "more_orders"))
    program = _program(numbers["literals"], numbers["regexes"])
    one, many = (
        {
            "program": program,
            "conversions": str(DATA / f"conversions-{kind}-{rows}-1-{codes}.parquet"),
            "clicks": str(DATA / f"clicks-{kind}-{rows}-1"),
        }
        for kind in ("guest", "guests")
    )
    apart = Contender(
        "ours-apart", _COMMAND, many, answers=False, note="each of the guest's orders has a customer of its own"
    )
    contenders = [_ours(one)[0], apart]
    if scale <= _PAIRS:
        contenders.append(_duckdb(one))
    return Case(
        name="job-guest",
        title=f"{numbers['clicks']:,} clicks and {numbers['conversions']:,} conversions of many, "
        f"{numbers['more_clicks']:,} clicks and {numbers['more_orders']:,} conversions of one customer",
        contenders=tuple(contenders),
        make=(("benchmarks.job.data:make_guests", numbers),),
        check=_CHECK,
        total=("process",),
        expected=GUESTS.get((numbers["more_clicks"], numbers["more_orders"])),
    )


def _program(literals: int, regexes: int) -> str:
    return str(DATA / f"program-{literals}-{regexes}-1.json")


def _ours(files: Files) -> tuple[Contender, Contender]:
    return (
        Contender("ours", _COMMAND, files, note="`attribution credit ... --json`"),
        Contender("in-python", "benchmarks.job.in_python:run", files, note=_OUR_PHASES),
    )


def _decode(files: Files) -> Contender:
    return Contender(
        "decode",
        "benchmarks.job.decode:run",
        {"clicks": files["clicks"]},
        answers=False,
        note="Polars reads the three click columns, no more",
    )


def _duckdb(files: Files) -> Contender:
    return Contender("duckdb", "benchmarks.job.duckdb_peer:run", files, ("duckdb",))
