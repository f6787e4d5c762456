"""Uses that match promo codes of several partners: which ones, how often, who was paid."""

from typing import Final

import polars as pl

from attribution.crediting.ruleset import Ruleset
from attribution.validation.usage.uses import Uses, conversions_by, money_by

_PAIR: Final = ["first", "second"]


def find_overlapping(uses: Uses, codes: Ruleset, credits: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The tables of `Usage` that begin with `overlap`.

    Each use counts for one pair: the first promo code in precedence, and the first one of another partner.
    """
    facts = codes.frame.select("partner_id", "precedence").select(pl.all().gather(uses.hits["promo_index"]))
    hits = pl.concat([uses.hits, facts], how="horizontal")
    several = hits.filter(pl.col("partner_id").n_unique().over("use") > 1).sort("use", "precedence")
    leader = several.group_by("use", maintain_order=True).agg(
        pl.col("row", "used_code").first(),
        pl.col("promo_index").first().alias("first"),
        pl.col("promo_index").filter(pl.col("partner_id") != pl.col("partner_id").first()).first().alias("second"),
    )
    paid = leader.select(*_PAIR, "row").unique().join(credits, on="row")
    return {
        "overlaps": _with_example(leader, uses.conversions),
        "overlap_others": _others(several, leader),
        "overlap_paid": conversions_by([*_PAIR, "outcome", "partner_id"], paid),
        "overlap_money": money_by(_PAIR, leader, uses.conversions),
    }


def _with_example(leader: pl.DataFrame, conversions: pl.DataFrame) -> pl.DataFrame:
    """Per pair and used code the number of conversions, and the first of them in time."""
    about = conversions.select(pl.col("event_time", "conversion_id").gather(leader["row"]))
    dated = pl.concat([leader, about], how="horizontal").sort("event_time", "conversion_id")
    example = dated.group_by(*_PAIR, "used_code", maintain_order=True).agg(example=pl.col("conversion_id").first())
    counted = conversions_by([*_PAIR, "used_code"], leader)
    return counted.join(example, on=[*_PAIR, "used_code"], maintain_order="left")


def _others(several: pl.DataFrame, leader: pl.DataFrame) -> pl.DataFrame:
    paired = several.join(leader.select("use", *_PAIR), on="use")
    further = paired.filter((pl.col("promo_index") != pl.col("first")) & (pl.col("promo_index") != pl.col("second")))
    names = [*_PAIR, "promo_index"]
    return further.select(names).unique().sort(names)
