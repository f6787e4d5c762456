"""Uses that match nothing: the promo code that each is nearest to, if there is one. So each use counts once."""

from typing import Final

import polars as pl

from attribution.explaining.near import USES, NearMisses
from attribution.explaining.near_difference import differences
from attribution.program import Program
from attribution.validation.usage.uses import Uses, conversions_by, money_by

_KEYS: Final = ["promo_index", "used_code", "differences"]


def find_nearly(program: Program, uses: Uses) -> dict[str, pl.DataFrame]:
    """The tables of `Usage` on uses that match nothing: `near` and `unassigned`, each with its money."""
    scope = uses.conversions.select(pl.col("event_time", "program_id").gather(uses.misses["row"]))
    misses = pl.concat([uses.misses, scope], how="horizontal")
    nearest = NearMisses(program).nearest(misses.select(USES.names()))
    near = nearest.join(uses.misses, on="use")
    rest = uses.misses.join(nearest, on="use", how="anti")
    told = conversions_by(_KEYS, near)
    words = [list(differences(mask)) for mask in told["differences"].to_list()]
    return {
        "near": told.with_columns(pl.Series("differences", words, pl.List(pl.String))),
        "near_money": money_by(["promo_index"], near, uses.conversions),
        "unassigned": conversions_by(["used_code"], rest),
        "unassigned_money": money_by([], rest, uses.conversions),
    }
