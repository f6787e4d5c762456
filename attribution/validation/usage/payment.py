"""Who was paid for the conversions of a batch, as far as is known, and what promo codes were not paid for."""

import polars as pl

from attribution.crediting.ledger import Ledger
from attribution.crediting.ruleset import Ruleset
from attribution.validation.usage.clicking import CLICK_RULES
from attribution.validation.usage.uses import Uses


def credited(ledger: Ledger) -> pl.DataFrame:
    """Rows of credits: `row`, `outcome`, `partner_id`, `promo_index` (null where no promo code decided)."""
    numbers, rulings = ledger.credits, ledger.ruleset.decisions
    outcomes = pl.Series([ruling.outcome.value for ruling in rulings], dtype=pl.String)
    promo_code = ledger.promo_codes()
    decided = pl.DataFrame({"row": numbers.row, "partner": numbers.partner, "promo_index": promo_code})
    known = pl.col("partner") >= 0
    partner_id = decided.select(pl.when(known).then("partner")).to_series()
    return decided.select(
        pl.col("row").cast(pl.UInt32),
        outcomes.gather(numbers.ruling).alias("outcome"),
        ledger.partner_ids.gather(partner_id).alias("partner_id"),
        pl.when(pl.col("promo_index") >= 0).then("promo_index").cast(pl.UInt32).alias("promo_index"),
    )


def without_paths(credits: pl.DataFrame, uses: Uses, codes: Ruleset) -> pl.DataFrame:
    """Credits where clicks are not known: without `outcome` and `partner_id` where some rule asks for a click."""
    rules = codes.frame["credit_rule"].gather(uses.hits["promo_index"])
    asking = uses.hits.filter(rules.is_in(CLICK_RULES))["row"].unique()
    known = ~pl.col("row").is_in(asking.implode())
    return credits.with_columns(pl.when(known).then(name).alias(name) for name in ("outcome", "partner_id"))


def unpaid_hits(uses: Uses, codes: Ruleset, credits: pl.DataFrame) -> pl.DataFrame:
    """`row`, `promo_index`, `partner_id`: one row per matched promo code whose partner is not credited."""
    hits = uses.hits.select("row", "promo_index").unique()
    partner_id = codes.frame["partner_id"].gather(hits["promo_index"])
    return hits.with_columns(partner_id).join(credits, on=["row", "partner_id"], how="anti")

