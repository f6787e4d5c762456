"""The cases of single orders."""

from collections.abc import Iterator
from typing import Final

from benchmarks.cases import Case, Contender
from benchmarks.make.cache import DATA
from benchmarks.order.expected import EXPECTED
from benchmarks.scale import shrunk

ORDERS: Final = 10_000
LITERALS: Final = 100_000
REGEXES: Final = 1_000
MANY_REGEXES: Final = 10_000
KINDS: Final = {"literal": "matches a literal", "regex": "matches a regex", "unknown": "matches nothing"}


def order_cases(scale: float) -> Iterator[Case]:
    """All cases."""
    for kind, words in KINDS.items():
        numbers = {
            "count": shrunk(ORDERS, scale),
            "literals": shrunk(LITERALS, scale),
            "regexes": shrunk(REGEXES, scale),
        }
        program = str(DATA / f"program-{numbers['literals']}-{numbers['regexes']}-1.json")
        yield Case(
            name=f"order-{kind}",
            title=f"one order with 10 clicks; its code {words} "
            f"({numbers['literals']:,} literals, {numbers['regexes']:,} regexes)",
            contenders=(
                Contender("ours", "benchmarks.order.decide:run", {"program": program, "kind": kind, **numbers}),
            ),
            make=(("benchmarks.order.decide:make", {"literals": numbers["literals"], "regexes": numbers["regexes"]}),),
            check="benchmarks.order.decide:check",
            total=("decide",),
            expected=EXPECTED.get((kind, numbers["count"], numbers["literals"], numbers["regexes"])),
            repeats=5,
        )
    yield _construct(shrunk(LITERALS, scale), shrunk(MANY_REGEXES, scale))


def _construct(literals: int, regexes: int) -> Case:
    program = str(DATA / f"program-{literals}-{regexes}-1.json")
    pickled = str(DATA / f"engine-{literals}-{regexes}.pickle")
    return Case(
        name="order-engine",
        title=f"an engine of {literals:,} literals and {regexes:,} regexes",
        contenders=(
            Contender("ours", "benchmarks.order.construct:from_program", {"program": program}),
            Contender("ours-pickled", "benchmarks.order.construct:from_pickle", {"pickled": pickled}),
        ),
        make=(("benchmarks.order.construct:make", {"literals": literals, "regexes": regexes, "pickled": pickled}),),
        check="benchmarks.order.construct:check",
        total=("engine",),
        expected={"promo codes": literals + regexes},
        repeats=5,
    )
