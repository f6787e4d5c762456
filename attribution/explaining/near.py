"""Promo codes that a used code nearly matches, and what keeps them apart: for `explain`, `match` and `validate` alike.

Near means: it would match if one or more `Difference`s were not. Of the text, letter case and white space count, for
literals also characters that look alike or one slip of a finger, for patterns that they match a part only; beside the
text the dates, the state and the program. Differences add up, but for the slip: a guess that must be all there is.

The nearest promo code is the one that the fewest things keep apart (text, dates, program); then the one whose
differences come first in `Difference`, NOT_YET and ENDED being equal; then the one whose dates are closest; then the
first in precedence. What decides matching itself is elsewhere; nothing here changes who is credited.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import polars as pl

from attribution.collector import without_collector
from attribution.crediting import rules
from attribution.events.schema import TIME
from attribution.explaining.near_difference import BIT, Difference, differences
from attribution.explaining.near_literals import NearLiterals, NearTexts
from attribution.explaining.near_patterns import NearPatterns
from attribution.matching.language import FOLDED, LiteralText, PatternText, languages
from attribution.matching.used_codes import is_carried
from attribution.program import Program, PromoCode
from attribution.text import stripped

USES: Final = pl.Schema({"use": pl.UInt32(), "used_code": pl.String(), "event_time": TIME, "program_id": pl.String()})
"""One row per use, a stripped used code of an order. Without a time dates and states are left aside, without a program
promo codes of every program are considered."""

NEAR_USES: Final = pl.Schema({"use": pl.UInt32(), "promo_index": pl.UInt32(), "differences": pl.UInt16()})
"""One row per use and promo code, by use and nearest first; `differences` is a mask and never 0."""

_FACTS: Final = pl.Schema(
    {"starts": TIME, "ends": TIME, "never": pl.Boolean(), "promo_program_id": pl.String(), "precedence": pl.UInt32()}
)
_THING: Final = 2 * max(BIT.values())
_BLOCK: Final = 100_000


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A promo code that a used code would match but for its `differences`, of which there is at least one.

    `part` is what of the used code the pattern does match, with `Difference.PART`.
    """

    used_code: str
    promo_code: PromoCode
    differences: tuple[Difference, ...]
    part: str | None = None


class NearMisses:
    """Finds near misses in one program. The first question costs some 0.5 s for 100,000 promo codes, others 5 ms."""

    def __init__(self, program: Program) -> None:
        self._codes = program.promo_codes
        self._literals, self._patterns = without_collector(lambda: _near_texts(program))

    def of(self, used_code: str, *, at: datetime | None = None, program_id: str | None = None) -> list[NearMiss]:
        """The near misses of one used code, the nearest first.

        `at` is the conversion's time, `program_id` its program; for what is left out see `USES`.
        """
        code = stripped(used_code)
        if not code or not is_carried(code):
            return []
        found = self.of_column(pl.DataFrame([(0, code, at, program_id)], USES, orient="row"))
        return [
            NearMiss(code, self._codes[index], differences(mask), self._patterns.part(code, index, mask))
            for _, index, mask in found.iter_rows()
        ]

    def of_column(self, uses: pl.DataFrame) -> pl.DataFrame:
        """All near misses of a table of `USES`, as `NEAR_USES`."""
        return _in_order(uses, self._texts(uses["used_code"]))

    def nearest(self, uses: pl.DataFrame) -> pl.DataFrame:
        """The nearest promo code of each use that has one, as `NEAR_USES`.

        Texts are compared once per distinct used code: 100,000 of them with as many literals in some 5 s.
        """
        texts = self._texts(uses["used_code"])
        facts = ["used_code", *_FACTS.names()[:-1]]
        # Of promo codes with equal dates and program the one whose text is nearest is the nearest for every use.
        texts = texts.sort("of_text", "precedence").unique(facts, keep="first")
        blocks = (uses.slice(start, _BLOCK) for start in range(0, uses.height, _BLOCK))
        found = [_in_order(block, texts).unique("use", keep="first", maintain_order=True) for block in blocks]
        return pl.concat([NEAR_USES.to_frame(), *found])

    def _texts(self, used_codes: pl.Series) -> pl.DataFrame:
        """Codes whose texts are near or match: `used_code`, `promo_index`, the mask `of_text`, and `_FACTS`."""
        distinct = used_codes.unique()
        place, promo_index, mask = NearTexts.joined(self._literals.near(distinct), self._patterns.near(distinct))
        indices, row = np.unique(promo_index, return_inverse=True)
        facts = _facts([self._codes[index] for index in indices.tolist()])
        texts = pl.DataFrame({"used_code": distinct.gather(place), "promo_index": promo_index, "of_text": mask})
        return pl.concat([texts, facts.select(pl.all().gather(row))], how="horizontal")


def _near_texts(program: Program) -> tuple[NearLiterals, NearPatterns]:
    texts = list(enumerate(languages(program.promo_codes, program.settings)))
    literals = {index: program.promo_codes[index].code for index, text in texts if isinstance(text, LiteralText)}
    patterns = {index: text for index, text in texts if isinstance(text, PatternText)}
    return NearLiterals(literals, folded=FOLDED[program.settings.literal_case]), NearPatterns(patterns)


def _facts(promo_codes: Sequence[PromoCode]) -> pl.DataFrame:
    """What keeps promo codes apart beside their texts, and their precedence; one row each."""
    columns = [
        [code.start_date for code in promo_codes],
        [code.end_date for code in promo_codes],
        [code.never_active for code in promo_codes],
        [code.program_id for code in promo_codes],
        rules.precedence(promo_codes),
    ]
    return pl.DataFrame(columns, _FACTS)


def _in_order(uses: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Uses and near promo codes as `NEAR_USES`."""
    at, program_id = pl.col("event_time"), pl.col("program_id")
    early, late = (at < pl.col("starts")).fill_null(False), (at > pl.col("ends")).fill_null(False)
    dates = (
        pl.when(at.is_not_null() & pl.col("never")).then(BIT[Difference.STATE])
        .when(early).then(BIT[Difference.NOT_YET])
        .when(late).then(BIT[Difference.ENDED])
        .otherwise(0)
    )  # fmt: skip
    elsewhere = (pl.col("promo_program_id") != program_id).fill_null(False)
    apart = uses.join(texts, on="used_code").with_columns(
        dates.cast(pl.UInt16).alias("of_dates"),
        (elsewhere.cast(pl.UInt16) * BIT[Difference.PROGRAM]).alias("of_program"),
        pl.when("never").then(None).when(early).then(pl.col("starts") - at).when(late).then(at - pl.col("ends"))
        .alias("gap"),
    )
    of_text, of_dates, of_program = pl.col("of_text"), pl.col("of_dates"), pl.col("of_program")
    slip = of_text == BIT[Difference.TYPO]
    kept = apart.with_columns(differences=of_text | of_dates | of_program).filter(
        (pl.col("differences") != 0) & ~(slip & (pl.col("differences") != of_text))
    )
    things = pl.sum_horizontal((of_text != 0), (of_dates != 0), (of_program != 0))
    ended = of_dates == BIT[Difference.ENDED]
    as_early = BIT[Difference.ENDED] - BIT[Difference.NOT_YET]
    distance = things * _THING + pl.col("differences") - ended.cast(pl.UInt16) * as_early
    return kept.sort("use", distance, "gap", "precedence").select(NEAR_USES.names())
