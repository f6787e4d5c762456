"""Uses that match nothing: the promo code that each is nearest to, if there is one.

Near means that one thing keeps them apart (or two: letter case and white space): the text, the dates or the program. Of
several near promo codes the one at the smallest `DISTANCE` is the nearest; then, where dates keep them apart, the one
whose dates are closest; then the first in precedence. So each use counts once.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

import polars as pl

from attribution.crediting.ruleset import Ruleset
from attribution.program import Program
from attribution.validation.usage.candidates import CANDIDATES, DISTANCE
from attribution.validation.usage.near_literals import near_literals
from attribution.validation.usage.near_patterns import near_patterns
from attribution.validation.usage.tables import NEAR, UNASSIGNED, Nearness
from attribution.validation.usage.tally import conversions_by, money_by
from attribution.validation.usage.uses import Uses

_MOST: Final = 8
"""Promo codes per used code whose texts are near, those nearest and first in precedence; more would swamp the uses."""

_NEARNESS: Final = {distance: one.value for one, distance in DISTANCE.items() if one is not Nearness.ENDED}


class Nearly(NamedTuple):
    """The tables of `Usage` that tell what becomes of uses that match nothing."""

    near: pl.DataFrame
    near_money: pl.DataFrame
    unassigned: pl.DataFrame
    unassigned_money: pl.DataFrame


def find_nearly(program: Program, codes: Ruleset, uses: Uses) -> Nearly:
    """Text is compared once per distinct used code: 100,000 of them with as many literals in some 5 s."""
    used_codes = uses.misses["used_code"].unique()
    texts = uses.texts.rename({"used_code": "text"})
    tables = [*near_literals(program, used_codes), *near_patterns(program, used_codes)] if len(used_codes) else []
    nearest = _nearest(uses, texts, _closest(tables, texts, codes), codes)
    rest = uses.misses.join(nearest, on="use", how="anti")
    return Nearly(
        conversions_by(["promo_index", "used_code", "nearness"], nearest).select(NEAR.names()),
        money_by(["promo_index"], nearest, uses.conversions),
        conversions_by(["used_code"], rest).select(UNASSIGNED.names()),
        money_by([], rest, uses.conversions),
    )


def _closest(tables: Iterable[pl.DataFrame], texts: pl.DataFrame, codes: Ruleset) -> pl.DataFrame:
    """The candidates worth a look: those of each used code that come first, and none whose text matches anyway."""
    found = pl.concat([pl.DataFrame(schema=CANDIDATES), *tables]).join(texts, on=["text", "promo_index"], how="anti")
    precedence = codes.frame["precedence"].gather(found["promo_index"])
    in_order = found.with_columns(precedence).sort("text", "distance", "precedence")
    distinct = in_order.unique(["text", "promo_index"], keep="first", maintain_order=True)
    return distinct.filter(pl.int_range(pl.len()).over("text") < _MOST).select(CANDIDATES.names())


def _nearest(uses: Uses, texts: pl.DataFrame, closest: pl.DataFrame, codes: Ruleset) -> pl.DataFrame:
    """One row per use that is near something: `use`, `row`, `used_code`, `promo_index`, `nearness`."""
    same = texts.with_columns(pl.lit(None, pl.UInt8).alias("distance"))
    pairs = uses.misses.join(pl.concat([closest, same]), left_on="used_code", right_on="text")
    scope = uses.conversions.select(pl.col("event_time", "program_id").gather(pairs["row"]))
    promo_codes = codes.frame.select(pl.all().gather(pairs["promo_index"]))
    sane = (pl.col("active_from") <= pl.col("active_to")).fill_null(True)  # else it is near nothing either
    together = pl.concat([pairs, scope, promo_codes], how="horizontal").filter(sane)
    apart = together.with_columns(**_beyond_text())
    # One thing apart: either the text, or what is beyond it.
    one = pl.sum_horizontal(pl.col("distance", "dates", "elsewhere").is_not_null()) == 1
    by_distance = apart.filter(one).with_columns(pl.coalesce("distance", "dates", "elsewhere").alias("distance"))
    first = by_distance.sort("use", "distance", "gap", "precedence").unique("use", keep="first", maintain_order=True)
    told = pl.col("distance").replace_strict(_NEARNESS, return_dtype=pl.String)
    ended = (pl.col("distance") == DISTANCE[Nearness.ENDED]) & (pl.col("event_time") > pl.col("active_to"))
    nearness = pl.when(ended.fill_null(False)).then(pl.lit(Nearness.ENDED.value)).otherwise(told)
    return first.select("use", "row", "used_code", "promo_index", nearness.alias("nearness"))


def _beyond_text() -> dict[str, pl.Expr]:
    """The distances of `dates` and program (`elsewhere`), null where they fit, and the `gap` between dates."""
    at = pl.col("event_time")
    early, late = (at < pl.col("active_from")).fill_null(False), (at > pl.col("active_to")).fill_null(False)
    state, dates = DISTANCE[Nearness.STATE], DISTANCE[Nearness.ENDED]
    out_of_date = pl.when("never_active").then(state).when(early | late).then(dates)
    same_program = (pl.col("promo_program_id") == pl.col("program_id")).fill_null(False)
    elsewhere = pl.when(pl.col("promo_program_id").is_not_null() & ~same_program)
    gap = pl.when(early).then(pl.col("active_from") - at).when(late).then(at - pl.col("active_to"))
    return {
        "dates": out_of_date.cast(pl.UInt8),
        "elsewhere": elsewhere.then(pl.lit(DISTANCE[Nearness.OTHER_PROGRAM], pl.UInt8)),
        "gap": gap,
    }
