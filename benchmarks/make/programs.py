"""Promo codes: literals under all three rules, and regexes in the two spellings of which most programs consist.

A table of promo codes has the columns of a program file, and `partner`, the partner's number. One literal in a hundred
is the text of the one before it, given to another partner later; one in five has a start or an end within the 90 days.
"""

import json
from datetime import timedelta
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from benchmarks.make.cache import cached
from benchmarks.make.world import DAYS, FIRST, PROGRAM_ID, draw_partners, partner_ids

_LITERALS, _REGEXES = 11, 12
_RULES: Final = ("ALWAYS", "INVOLVED", "WINNER")
_TIME: Final = "%Y-%m-%dT%H:%M:%SZ"


def literal_codes(count: int, seed: int = 1) -> pl.DataFrame:
    """`count` literals, ids from 1."""
    random = np.random.Generator(np.random.PCG64([seed, _LITERALS]))
    partner = draw_partners(random, count)
    number = np.arange(count)
    handed_over = (number % 100 == 99) & (number > 0)
    text = pl.Series(number - handed_over).cast(pl.String).str.zfill(6)
    dated = random.integers(0, 10, count)
    change = FIRST + timedelta(days=DAYS // 2)
    start = np.where(handed_over, 1, dated == 0)
    # Who hands over gives up the code the moment before the other has it.
    end = np.where(np.roll(handed_over, -1), 1, dated == 1)
    return _table(
        ids=pl.Series(number + 1).cast(pl.String),
        codes="SAVE" + text,
        mode="LI",
        partner=partner,
        start=pl.Series(start == 1).replace_strict({True: change.strftime(_TIME), False: None}, return_dtype=pl.String),
        end=pl.Series(end == 1).replace_strict(
            {True: (change - timedelta(seconds=1)).strftime(_TIME), False: None}, return_dtype=pl.String
        ),
    )


def regex_codes(count: int, seed: int = 1) -> pl.DataFrame:
    """`count` regexes: `PARTNER0001-[0-9]+` and `^(JANEWX).*` in turn; `prefix` is what their used codes begin with."""
    random = np.random.Generator(np.random.PCG64([seed, _REGEXES]))
    partner = draw_partners(random, count)
    letters = random.integers(0, 26, (count, 7))
    lengths = random.integers(5, 8, count)
    prefixes, codes = [], []
    for number in range(count):
        if number % 2:
            name = "".join(chr(65 + letter) for letter in letters[number, : lengths[number]])
            prefixes.append(name)
            codes.append(f"^({name}).*")
        else:
            prefixes.append(f"PARTNER{number:04}-")
            codes.append(f"PARTNER{number:04}-[0-9]+")
    never = pl.Series([None] * count, dtype=pl.String)
    ids = pl.Series([f"R{number + 1}" for number in range(count)], dtype=pl.String)
    table = _table(ids=ids, codes=pl.Series(codes, dtype=pl.String), mode="RE", partner=partner, start=never, end=never)
    return table.with_columns(pl.Series("prefix", prefixes, dtype=pl.String))


def _table(
    *, ids: pl.Series, codes: pl.Series, mode: str, partner: np.ndarray, start: pl.Series, end: pl.Series
) -> pl.DataFrame:
    number = pl.int_range(pl.len())
    created = pl.lit(FIRST - timedelta(days=400)) + pl.duration(minutes=number % 1000)
    rule = (number % 3).replace_strict(dict(enumerate(_RULES)), return_dtype=pl.String)
    table = pl.DataFrame({"id": ids, "code": codes, "partner": partner, "start_date": start, "end_date": end})
    return table.with_columns(
        partner_ids(partner),
        match_mode=pl.lit(mode),
        credit_rule=rule,
        program_id=pl.lit(PROGRAM_ID),
        created_date=created.dt.strftime(_TIME),
    )


def program_file(literals: int, regexes: int, seed: int = 1) -> Path:
    """A program file of so many promo codes, as JSON."""

    def make(path: Path) -> None:
        tables = [literal_codes(literals, seed), regex_codes(regexes, seed).drop("prefix")]
        codes = pl.concat(tables).drop("partner").to_dicts()
        path.write_text(json.dumps({"settings": {"lookback": "30d"}, "promo_codes": codes}), encoding="utf-8")

    return cached(f"program-{literals}-{regexes}-{seed}.json", make)
