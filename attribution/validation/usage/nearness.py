"""Uses that match nothing: the promo code that each is nearest to, if there is one. So each use counts once."""

from typing import Final, NamedTuple

import polars as pl

from attribution.explaining.near import USES, NearMisses
from attribution.explaining.near_difference import differences
from attribution.program import Program
from attribution.validation.usage.tables import NEAR, UNASSIGNED
from attribution.validation.usage.tally import conversions_by, money_by
from attribution.validation.usage.uses import Uses

_KEYS: Final = ["promo_index", "used_code", "differences"]


class Nearly(NamedTuple):
    """The tables of `Usage` that tell what becomes of uses that match nothing."""

    near: pl.DataFrame
    near_money: pl.DataFrame
    unassigned: pl.DataFrame
    unassigned_money: pl.DataFrame


def find_nearly(program: Program, uses: Uses) -> Nearly:
    """Count the near uses by promo code, used code and differences, and the others by used code."""
    scope = uses.conversions.select(pl.col("event_time", "program_id").gather(uses.misses["row"]))
    misses = pl.concat([uses.misses, scope], how="horizontal")
    nearest = NearMisses(program).nearest(misses.select(USES.names()))
    near = nearest.join(uses.misses, on="use")
    rest = uses.misses.join(nearest, on="use", how="anti")
    return Nearly(
        _in_words(conversions_by(_KEYS, near)),
        money_by(["promo_index"], near, uses.conversions),
        conversions_by(["used_code"], rest).select(UNASSIGNED.names()),
        money_by([], rest, uses.conversions),
    )


def _in_words(near: pl.DataFrame) -> pl.DataFrame:
    """The table with its masks as lists of differences."""
    lists = [list(differences(mask)) for mask in near["differences"].to_list()]
    return near.with_columns(pl.Series("differences", lists, NEAR["differences"])).select(NEAR.names())
