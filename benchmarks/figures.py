"""The tables of the manual's page on performance, as Markdown, from the results at scale 1."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.registry import all_cases
from benchmarks.report import quantity
from benchmarks.results import Outcome, Result, read_results
from benchmarks.targets import Results

_JOB: Final = {"ours": "ours", "decode": "decode", "DuckDB": "duckdb", "pandas": "pandas"}
_MATCHING: Final[Mapping[str, tuple[str, ...]]] = {
    "Hyperscan": ("hyperscan", "hyperscan-each"),
    "RE2 `Set`": ("re2-set",),
    "RE2 `Filter`": ("re2-filter",),
    "pyahocorasick, then `re`": ("aho-corasick",),
    "loop over `regex`": ("regex-loop",),
}
"""Heading and contenders of each peer, of which the fastest counts."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: a contender's seconds in a phase of a case, or in all that the case adds up; `each`: of one code."""

    text: str
    case: str
    contender: str = "ours"
    phase: str | None = None
    each: bool = False

    def value(self, results: Results) -> float | None:
        """The median seconds, None if they were not measured."""
        result = results.get(self.case)
        outcome = None if result is None else result.contender(self.contender)
        if result is None or outcome is None:
            return None
        seconds = outcome.total(result.total) if self.phase is None else outcome.phase(self.phase)
        return None if seconds is None else seconds / (result.per if self.each else 1)


def tables() -> dict[str, str]:
    """Each generated part of the page by name: `machine`, `job`, `matching`, `figures`."""
    measured = read_results(1.0)
    results = {case.name: measured[case.name] for case in all_cases(1.0) if case.name in measured}
    return {
        "machine": f"Measured on {machine(results.values())}.\n",
        "job": _table(["job", *_JOB, "our peak memory"], map(_job, _named(results, "job-"))),
        "matching": _table(["patterns and codes", "ours", *_MATCHING], map(_matching, _against_patterns(results))),
        "figures": _table(["", "time"], _figures(results)),
    }


def machine(results: Iterable[Result]) -> str:
    """Where the results come from: each fact once, with all its values if results differ in it."""
    found: dict[str, dict[str, None]] = {}
    for result in results:
        for name, value in result.machine.items():
            found.setdefault(name, {})[value] = None
    return ", ".join(f"{name} {' and '.join(values)}" for name, values in found.items())


def _named(results: Results, start: str) -> list[Result]:
    return [result for name, result in results.items() if name.startswith(start)]


def _against_patterns(results: Results) -> list[Result]:
    return [result for result in _named(results, "matching-") if _fastest(result, _MATCHING["Hyperscan"]) is not None]


def _job(result: Result) -> list[str]:
    ours = result.contender("ours")
    peak = None if ours is None else ours.peak()
    times = [_seconds(_fastest(result, (name,)), result) for name in _JOB.values()]
    return [result.title, *times, "" if peak is None else quantity(peak, "B")]


def _matching(result: Result) -> list[str]:
    ours = _fastest(result, ("ours",))
    peers = (_fastest(result, names) for names in _MATCHING.values())
    return [result.title, _seconds(ours, result), *(_multiple(peer, ours, result) for peer in peers)]


def _fastest(result: Result, names: Iterable[str]) -> Outcome | None:
    found = [outcome for name in names if (outcome := result.contender(name)) and outcome.total(result.total)]
    return min(found, key=lambda outcome: outcome.total(result.total) or 0.0, default=None)


def _seconds(outcome: Outcome | None, result: Result) -> str:
    seconds = None if outcome is None else outcome.total(result.total)
    return "" if seconds is None else quantity(seconds, "s")


def _multiple(peer: Outcome | None, ours: Outcome | None, result: Result) -> str:
    above = None if peer is None else peer.total(result.total)
    below = None if ours is None else ours.total(result.total)
    if peer is None or above is None or not below:
        return ""
    return quantity(above / below, "x") + ("" if peer.share == 1 else "*")


def _figures(results: Results) -> Iterator[list[str]]:
    for figure in _all_figures():
        if (value := figure.value(results)) is not None:
            yield [figure.text, quantity(value, "s")]


def _all_figures() -> Iterator[Figure]:
    column, one, plain = "in a column", "one by one", "in a plain `dict`"
    for number in (100, 1_000_000):
        for name, how in (("ours", column), ("ours-one", one), ("dict", plain)):
            words = f"a used code that is none of {number:,} literals, {how}"
            yield Figure(words, f"matching-unknown-{number}x100000", name, "again", each=True)
    prefixes, words = "matching-prefix-1000x500000", "a used code against 1,000 prefixes"
    yield Figure(f"{words}, tables built", prefixes, "ours", "again", each=True)
    yield Figure(f"{words}, with building them", prefixes, "ours", "match", each=True)
    yield Figure(f"{words}, Hyperscan's scan alone", prefixes, "hyperscan", "match", each=True)
    order = "one order with 10 clicks against 101,000 promo codes"
    for kind, said in (("unknown", "no match"), ("literal", "a literal matches"), ("regex", "a pattern matches")):
        yield Figure(f"{order}, {said}: the median", f"order-{kind}", phase="p50")
    yield Figure("an engine of 110,000 promo codes", "order-engine")
    yield Figure("an engine of 110,000 promo codes, from a pickle", "order-engine", "ours-pickled")
    yield Figure("validating 10,000 literals and 2,000 patterns, 604,286 overlapping pairs", "validate-mixed")
    yield Figure("validating 500 patterns such as `.*WORD.*`, which all overlap each other", "validate-inner")
    yield Figure("`attribution --help`", "startup-help")
    yield Figure("`attribution credit` on the quickstart sample", "startup-credit")
    yield Figure("of which importing Polars, with the start of Python", "startup-credit", "polars")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    cells = [[cell.replace("|", "\\|") for cell in row] for row in (head, *rows)]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join([lines[0], "|" + "---|" * len(cells[0]), *lines[1:]]) + "\n"
