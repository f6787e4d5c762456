"""The cases of matching: sets of patterns at two sizes against two numbers of used codes, and literals."""

from collections.abc import Iterator
from typing import Final

from benchmarks.cases import Case, Contender
from benchmarks.make.code_files import code_files, literal_files
from benchmarks.matching.expected import EXPECTED
from benchmarks.scale import shrunk, sized

SIZES: Final = {"prefix": (1_000, 10_000), "mixed": (1_000, 10_000), "near-miss": (1_000, 10_000), "no-literal": (100,)}
CODES: Final = (100_000, 500_000)
LITERALS: Final = (100, 1_000_000)

# Name, module, what must be installed, and the most used codes it is given (None: all).
_PEERS: Final = (
    ("hyperscan", "hyperscan_joined", "hyperscan", None, "one scan over all codes"),
    ("hyperscan-each", "hyperscan_each", "hyperscan", None, "one scan for each code"),
    ("re2-set", "re2_set", "re2", 20_000, ""),
    ("re2-filter", "re2_filter", "re2", None, ""),
    ("aho-corasick", "aho_corasick", "ahocorasick", None, "pyahocorasick on a literal of each, then `re`"),
    ("polars", "polars_alternation", "polars", 100_000, "alternations, then pattern by pattern"),
    ("regex-loop", "regex_loop", "regex", 2_000, ""),
)
_QUICK_RE2_SETS: Final = ("prefix", "near-miss", "no-literal")


def matching_cases(scale: float) -> Iterator[Case]:
    """All cases."""
    for kind, sizes in SIZES.items():
        for patterns in sizes:
            for codes in CODES:
                yield _regexes(kind, patterns, codes, scale)
    for literals in LITERALS:
        for known in (True, False):
            yield _literals(literals, CODES[0], scale, known=known)


def _regexes(kind: str, patterns: int, codes: int, scale: float) -> Case:
    numbers = {"patterns": shrunk(patterns, scale), "codes": sized(codes, scale)}
    files = code_files(kind, **numbers)
    arguments = {"patterns": files.patterns, "codes": files.codes}
    contenders = [Contender("ours", "benchmarks.matching.ours:run", arguments)]
    for name, module, needs, most, note in _PEERS:
        given: dict[str, str | float] = {**arguments}
        share = 1.0
        if most is not None:
            everything = name == "re2-set" and kind in _QUICK_RE2_SETS
            share = 1.0 if everything else min(1.0, most / numbers["codes"])
        if name in ("re2-set", "re2-filter", "aho-corasick", "polars", "regex-loop"):
            given = {**arguments, "share": share}
        contenders.append(Contender(name, f"benchmarks.matching.{module}:run", given, (needs,), share, note=note))
    return Case(
        name=f"matching-{kind}-{patterns}x{codes}",
        title=f"{kind}: {numbers['patterns']:,} patterns, {numbers['codes']:,} distinct used codes",
        contenders=tuple(contenders),
        make=(("benchmarks.make.code_files:make_codes", {"kind": kind, **numbers}),),
        check="benchmarks.matching.pairs:check",
        check_arguments={"codes": files.codes},
        total=("compile", "match"),
        expected=EXPECTED.get((kind, numbers["patterns"], numbers["codes"])),
        per=numbers["codes"],
    )


def _literals(literals: int, codes: int, scale: float, *, known: bool) -> Case:
    numbers = {"literals": shrunk(literals, scale), "most": shrunk(LITERALS[-1], scale), "codes": sized(codes, scale)}
    files = literal_files(numbers["literals"], numbers["codes"])
    used = files.known if known else files.unknown
    arguments = {"patterns": files.patterns, "codes": used}
    kind, words = ("literals", "") if known else ("unknown", ", none of them among the literals")
    return Case(
        name=f"matching-{kind}-{literals}x{codes}",
        title=f"{numbers['literals']:,} literals, {numbers['codes']:,} distinct used codes{words}",
        contenders=(
            Contender("ours", "benchmarks.matching.ours:run", {**arguments, "mode": "LI"}),
            Contender("ours-one", "benchmarks.matching.ours_one:run", arguments, note="`match_one`, code by code"),
            Contender("polars", "benchmarks.matching.polars_join:run", arguments, ("polars",), note="a join"),
            Contender("dict", "benchmarks.matching.plain_dict:run", arguments, note="a `dict`, code by code"),
        ),
        make=(("benchmarks.make.code_files:make_literals", numbers),),
        check="benchmarks.matching.pairs:check",
        check_arguments={"codes": used},
        total=("compile", "match"),
        expected=EXPECTED.get((kind, numbers["literals"], numbers["codes"])),
        per=numbers["codes"],
    )
