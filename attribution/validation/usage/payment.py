"""Who was paid for the conversions of a batch, as far as is known, and what promo codes were not paid for."""

import polars as pl

from attribution.crediting.batch import credit_table
from attribution.crediting.intake import Intake
from attribution.crediting.ruleset import Ruleset
from attribution.matching import Matcher
from attribution.program import Settings
from attribution.terms import CreditRule
from attribution.validation.usage.uses import Uses


def credited(taken: Intake, codes: Ruleset, matcher: Matcher, settings: Settings) -> pl.DataFrame:
    """Rows of credits: `row`, `outcome`, `partner_id`, `promo_index` (null where no promo code decided)."""
    credits, _ = credit_table(taken.conversions, taken.path_clicks, codes, matcher, settings)
    # The rows of a conversion stand together, in the order of the conversions.
    begins = pl.col("conversion_id").ne_missing(pl.col("conversion_id").shift(1))
    row = (begins.cum_sum() - 1).cast(pl.UInt32).alias("row")
    named = codes.frame.select("promo_code_id").with_row_index("promo_index")
    decided = credits.select(row, "outcome", "partner_id", "promo_code_id")
    return decided.join(named, on="promo_code_id", how="left").select("row", "outcome", "partner_id", "promo_index")


def without_paths(credits: pl.DataFrame, uses: Uses, codes: Ruleset) -> pl.DataFrame:
    """Credits where clicks are not known: without `outcome` and `partner_id` where some rule asks for a click."""
    rules = codes.frame["credit_rule"].gather(uses.hits["promo_index"])
    asking = uses.hits.filter(rules != CreditRule.ALWAYS)["row"].unique()
    known = ~pl.col("row").is_in(asking.implode())
    return credits.with_columns(pl.when(known).then(name).alias(name) for name in ("outcome", "partner_id"))


def unpaid_hits(uses: Uses, codes: Ruleset, credits: pl.DataFrame) -> pl.DataFrame:
    """`row`, `promo_index`, `partner_id`: one row per matched promo code whose partner is not credited."""
    hits = uses.hits.select("row", "promo_index").unique()
    partner_id = codes.frame["partner_id"].gather(hits["promo_index"])
    return hits.with_columns(partner_id).join(credits, on=["row", "partner_id"], how="anti")

