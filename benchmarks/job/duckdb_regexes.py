"""Regexes in DuckDB: which distinct used codes match which pattern, as table `text_match`.

DuckDB compiles a pattern once where it is a constant, and for every row where it is a column. So each pattern is a
constant of its own query; to spare most of the work the used codes first pass an alternation of each group of
patterns, and only what passes meets the group's patterns one by one.
"""

from collections.abc import Iterator, Sequence
from math import isqrt
from typing import Final

import duckdb

_LARGEST_GROUP: Final = 64


def match_regexes(connection: duckdb.DuckDBPyConnection, regexes: Sequence[tuple[int, str]]) -> None:
    """Fill `text_match(used_code, promo_index)` for pairs of promo code index and pattern."""
    connection.execute("CREATE TEMP TABLE text_match (used_code VARCHAR, promo_index INTEGER)")
    for group in _groups(regexes):
        together = "|".join(f"(?:{pattern})" for _, pattern in group)
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE passed AS SELECT used_code FROM used "
            f"WHERE regexp_full_match(used_code, {_text(together)})"
        )
        each = " UNION ALL ".join(
            f"SELECT used_code, {index} FROM passed WHERE regexp_full_match(used_code, {_text(pattern)})"
            for index, pattern in group
        )
        connection.execute(f"INSERT INTO text_match {each}")


def _groups(regexes: Sequence[tuple[int, str]]) -> Iterator[Sequence[tuple[int, str]]]:
    """Groups whose alternations cost about as much as their single patterns."""
    size = min(max(isqrt(len(regexes)), 1), _LARGEST_GROUP)
    return (regexes[start : start + size] for start in range(0, len(regexes), size))


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
