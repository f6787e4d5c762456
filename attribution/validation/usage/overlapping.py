"""Uses that match promo codes of several partners: which ones, how often, who was paid."""

from typing import Final, NamedTuple

import polars as pl

from attribution.crediting.ruleset import Ruleset
from attribution.validation.usage.tables import OVERLAP_OTHERS, OVERLAP_PAID, OVERLAPS
from attribution.validation.usage.tally import conversions_by, money_by
from attribution.validation.usage.uses import Uses

_PAIR: Final = ["first", "second"]


class Overlapping(NamedTuple):
    """The tables of `Usage` that begin with `overlap`."""

    overlaps: pl.DataFrame
    overlap_others: pl.DataFrame
    overlap_paid: pl.DataFrame
    overlap_money: pl.DataFrame


def find_overlapping(uses: Uses, codes: Ruleset, credits: pl.DataFrame) -> Overlapping:
    """Each use counts for one pair: the first promo code in precedence, and the first one of another partner."""
    facts = codes.frame.select("partner_id", "precedence").select(pl.all().gather(uses.hits["promo_index"]))
    hits = pl.concat([uses.hits, facts], how="horizontal")
    several = hits.filter(pl.col("partner_id").n_unique().over("use") > 1).sort("use", "precedence")
    leader = several.group_by("use", maintain_order=True).agg(
        pl.col("row", "used_code").first(),
        pl.col("promo_index").first().alias("first"),
        pl.col("promo_index").filter(pl.col("partner_id") != pl.col("partner_id").first()).first().alias("second"),
    )
    paid = leader.select(*_PAIR, "row").unique().join(credits, on="row")
    paid = conversions_by([*_PAIR, "outcome", "partner_id"], paid)
    return Overlapping(
        _with_example(leader, uses.conversions),
        _others(several, leader),
        paid.select(OVERLAP_PAID.names()),
        money_by(_PAIR, leader, uses.conversions),
    )


def _with_example(leader: pl.DataFrame, conversions: pl.DataFrame) -> pl.DataFrame:
    """Per pair and used code the number of conversions, and the first of them in time."""
    about = conversions.select(pl.col("event_time", "conversion_id").gather(leader["row"]))
    dated = pl.concat([leader, about], how="horizontal").sort("event_time", "conversion_id")
    example = dated.group_by(*_PAIR, "used_code", maintain_order=True).agg(pl.col("conversion_id").first())
    counted = conversions_by([*_PAIR, "used_code"], leader)
    found = counted.join(example, on=[*_PAIR, "used_code"], maintain_order="left")
    return found.rename({"conversion_id": "example"}).select(OVERLAPS.names())


def _others(several: pl.DataFrame, leader: pl.DataFrame) -> pl.DataFrame:
    paired = several.join(leader.select("use", *_PAIR), on="use")
    further = paired.filter((pl.col("promo_index") != pl.col("first")) & (pl.col("promo_index") != pl.col("second")))
    return further.select(OVERLAP_OTHERS.names()).unique().sort(OVERLAP_OTHERS.names())
