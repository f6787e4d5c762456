"""Files of patterns and of distinct used codes, for the matching benchmarks."""

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

import polars as pl

from benchmarks.cases import Measured
from benchmarks.make.cache import DATA, cached
from benchmarks.make.patterns import CodeSet, mixed, near_miss, no_literal, prefix, some

SETS: Final[Mapping[str, Callable[[Random, int], CodeSet]]] = {
    "prefix": prefix,
    "mixed": mixed,
    "near-miss": near_miss,
    "no-literal": no_literal,
}
_ALPHANUMERIC: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


class CodeFiles(NamedTuple):
    """Where a set's patterns and used codes are."""

    patterns: str
    codes: str


def code_files(kind: str, patterns: int, codes: int) -> CodeFiles:
    """The names of the files."""
    base = f"{kind}-{patterns}x{codes}"
    return CodeFiles(str(DATA / f"{base}.txt"), str(DATA / f"{base}.parquet"))


def make_codes(kind: str, patterns: int, codes: int) -> Measured:
    """Make the files of a set, if they are not there."""
    random = Random(f"{kind} {patterns} {codes}")
    files = [Path(name) for name in code_files(kind, patterns, codes)]
    if not all(file.exists() for file in files):
        made = SETS[kind](random, patterns)
        used = used_codes(random, made, codes)
        cached(files[0].name, lambda path: _write_lines(path, made.patterns))
        cached(files[1].name, lambda path: pl.DataFrame({"code": used}).write_parquet(path))
    return {}


def used_codes(random: Random, of: CodeSet, count: int) -> list[str]:
    """Distinct codes in random order, a third of them written to match."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[of.hit(random) if random.random() < 1 / 3 else of.miss(random)] = None
    codes = list(found)
    random.shuffle(codes)
    return codes


class LiteralFiles(NamedTuple):
    """Where literals are, and used codes that do not depend on how many of the literals there are."""

    patterns: str
    known: str
    unknown: str


def literal_files(literals: int, codes: int) -> LiteralFiles:
    """The names of the files."""
    names = (f"literals-{literals}x{codes}.txt", f"literals-x{codes}.parquet", f"literals-unknown-x{codes}.parquet")
    return LiteralFiles(*(str(DATA / name) for name in names))


def make_literals(literals: int, most: int, codes: int) -> Measured:
    """Make the files: the first of `most` literals, codes of which a third are among the `most`, codes that are not."""
    files = [Path(name) for name in literal_files(literals, codes)]
    if not all(file.exists() for file in files):
        random = Random(f"literals {most} {codes}")
        texts = list(dict.fromkeys(some(random, _ALPHANUMERIC, 6, 12) for _ in range(most)))
        known = CodeSet(texts, lambda r: r.choice(texts), lambda r: some(r, _ALPHANUMERIC, 6, 12))
        used = used_codes(random, known, codes)
        taken = set(texts)
        unknown = [code for code in (some(random, _ALPHANUMERIC, 6, 12) for _ in range(2 * codes)) if code not in taken]
        unknown = list(dict.fromkeys(unknown))[:codes]
        cached(files[0].name, lambda path: _write_lines(path, texts[:literals]))
        cached(files[1].name, lambda path: pl.DataFrame({"code": used}).write_parquet(path))
        cached(files[2].name, lambda path: pl.DataFrame({"code": unknown}).write_parquet(path))
    return {}


def _write_lines(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
