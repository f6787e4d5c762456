"""What the figures are held against. A target reads results by case; without them it has no value."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.baseline import NAME
from benchmarks.job.cases import REGEXES, SIZES
from benchmarks.results import Outcome, Result

Results = Mapping[str, Result]
Value = Callable[[Results], float | None]

_HYPERSCAN: Final = ("hyperscan", "hyperscan-each")


@dataclass(frozen=True, slots=True)
class Target:
    """A value that should be at most (or at least) a limit. `unit` is `x` (a ratio), `s` or `B`."""

    text: str
    value: Value
    limit: float
    unit: str = "x"
    at_least: bool = False

    def met(self, value: float) -> bool:
        """Whether the value is within the limit."""
        return value >= self.limit if self.at_least else value <= self.limit


def targets() -> Iterator[Target]:
    """All targets."""
    yield from _matching()
    yield from _job()
    yield from _order()
    yield Target("validate 10,000 literals and 2,000 patterns", _seconds("validate-mixed", "ours"), 5, "s")
    yield Target("validate 500 patterns that all overlap each other", _seconds("validate-inner", "ours"), 10, "s")
    yield Target("`attribution --help`", _seconds("startup-help", "ours"), 0.25, "s")
    yield Target("`attribution credit` on the quickstart sample", _seconds("startup-credit", "ours"), 1, "s")


def _matching() -> Iterator[Target]:
    mixed, prefix = "matching-mixed-10000x100000", "matching-prefix-1000x500000"
    yield Target(
        "mixed, 10,000 patterns x 100,000 codes, compile and match: Hyperscan / ours",
        _ratio(mixed, _HYPERSCAN),
        10,
        at_least=True,
    )
    yield Target("the same: RE2 Set / ours", _ratio(mixed, ("re2-set",)), 100, at_least=True)
    yield Target("the same: RE2 Filter / ours", _ratio(mixed, ("re2-filter",)), 1, at_least=True)
    yield Target(
        "prefix, 1,000 patterns x 500,000 codes, first match, per code",
        _seconds(prefix, "ours", "match", each=True),
        0.3e-6,
        "s",
    )
    yield Target("the same: Hyperscan's scan / ours", _ratio(prefix, _HYPERSCAN, ("match",)), 1, at_least=True)
    yield Target(
        "the same, once tables are built: Hyperscan's scan / ours",
        _quotient(_seconds(prefix, "hyperscan", "match"), _seconds(prefix, "ours", "again")),
        1,
        at_least=True,
    )
    yield Target(
        "no required literal, 100 patterns x 100,000 codes, match, per code",
        _seconds("matching-no-literal-100x100000", "ours", "match", each=True),
        20e-6,
        "s",
    )
    few, many = "matching-unknown-100x100000", "matching-unknown-1000000x100000"
    for name, words in (("ours", "in a column"), ("ours-one", "one by one"), ("dict", "in a plain `dict`")):
        yield Target(
            f"a used code that matches nothing, {words}, once tables are built: 1,000,000 literals / 100",
            _quotient(_seconds(many, name, "again"), _seconds(few, name, "again")),
            1.5,
        )
    third = "matching-literals-1000000x100000"
    yield Target(
        "1,000,000 literals, a third of the codes match, one by one: ours / a plain dict",
        _quotient(_seconds(third, "ours-one", "again"), _seconds(third, "dict", "again")),
        2.5,
    )


def _job() -> Iterator[Target]:
    for size in SIZES:
        for regexes in REGEXES:
            case = f"job-{size}-{regexes}"
            yield Target(
                f"in Python, {size} clicks, {regexes:,} regexes: ours / decoding three columns",
                _quotient(_seconds(case, "in-python", "job"), _seconds(case, "decode", "job")),
                3.5,
            )
    for size in ("40M", "400M"):
        for regexes in REGEXES:
            yield Target(
                f"whole process, {size} clicks, {regexes:,} regexes: DuckDB / ours",
                _ratio(f"job-{size}-{regexes}", ("duckdb",), ("process",)),
                1.25,
                at_least=True,
            )
    regulars = "job-regulars-40M"
    yield Target(
        "a shop of regulars, 40M clicks: our whole process / decoding three columns",
        _quotient(_seconds(regulars, "ours", "process"), _seconds(regulars, "decode", "job")),
        6,
    )
    for regexes in REGEXES:
        small, large = f"job-40M-{regexes}", f"job-400M-{regexes}"
        words = f"{regexes:,} regexes"
        times = (_seconds(case, "ours", "process") for case in (large, small))
        yield Target(f"peak memory, 40 M clicks, {words}", _peak(small), 3e9, "B")
        yield Target(f"peak memory, 400 M / 40 M clicks, {words}", _quotient(_peak(large), _peak(small)), 1.3)
        yield Target(f"time, 400 M / 40 M clicks, {words}", _quotient(*times), 10)
    for size, share in (("40M", 1 / 5), ("400M", 1 / 20)):
        case = f"history-{size}-{REGEXES[-1]}"
        taking_in = (_seconds(case, name, "take-in") for name in ("ours", "tables"))
        yield Target(f"taking in a gathered history / the two tables, {size} clicks", _quotient(*taking_in), share)
    yield from _guest()


def _guest() -> Iterator[Target]:
    times = (_seconds("job-guest", name, "process") for name in ("ours", "ours-apart"))
    peaks = (_peak("job-guest", name) for name in ("ours", "ours-apart"))
    words = "1 M clicks and 100,000 orders of one customer / of 100,000 customers"
    yield Target(f"time, {words}", _quotient(*times), 1.25)
    yield Target(f"peak memory, {words}", _quotient(*peaks), 1.25)


def _order() -> Iterator[Target]:
    yield Target("one order, a literal", _seconds("order-literal", "ours"), 10e-6, "s")
    # The median order: on a busy machine the mean says how often another process came between.
    medians = (_seconds("order-literal", name, "p50") for name in ("ours", NAME))
    yield Target("one order, a literal, median: ours / the baseline", _quotient(*medians), 0.7)
    yield Target("one order, a regex", _seconds("order-regex", "ours"), 20e-6, "s")
    yield Target("an engine of 110,000 promo codes", _seconds("order-engine", "ours"), 2, "s")
    yield Target("the same from a pickle", _seconds("order-engine", "ours-pickled"), 0.2, "s")


def _outcome(results: Results, case: str, name: str) -> Outcome | None:
    result = results.get(case)
    return None if result is None else result.contender(name)


def _seconds(case: str, name: str, phase: str | None = None, *, each: bool = False) -> Value:
    def value(results: Results) -> float | None:
        outcome = _outcome(results, case, name)
        if outcome is None:
            return None
        result = results[case]
        seconds = outcome.total(result.total if phase is None else [phase])
        return None if seconds is None else seconds / (result.per if each else 1)

    return value


def _ratio(case: str, peers: tuple[str, ...], phases: tuple[str, ...] = ()) -> Value:
    """The best of some peers, as a multiple of ours."""

    def value(results: Results) -> float | None:
        ours = _outcome(results, case, "ours")
        if ours is None:
            return None
        wanted = list(phases) or results[case].total
        theirs = [outcome.total(wanted) for name in peers if (outcome := _outcome(results, case, name))]
        mine, best = ours.total(wanted), min((each for each in theirs if each), default=None)
        return None if mine is None or best is None else best / mine

    return value


def _peak(case: str, name: str = "ours") -> Value:
    def value(results: Results) -> float | None:
        outcome = _outcome(results, case, name)
        return None if outcome is None else outcome.peak()

    return value


def _quotient(above: Value, below: Value) -> Value:
    def value(results: Results) -> float | None:
        one, other = above(results), below(results)
        return None if one is None or not other else one / other

    return value
