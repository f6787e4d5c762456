"""For each promo code the conversions it could have matched, those it did, and those it decided; and who was paid."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from attribution.crediting.ledger import Ledger
from attribution.crediting.ruleset import Ruleset
from attribution.terms import Outcome
from attribution.validation.usage.clicking import CLICK_RULES
from attribution.validation.usage.uses import Uses


def promo_code_activity(codes: Ruleset, uses: Uses, credits: pl.DataFrame | None) -> pl.DataFrame:
    """The table `Usage.promo_codes`. `credits`: see `credited`; None where nobody knows who was paid."""
    offered = pl.concat(_offered(codes, uses.conversions)).sort("promo_index")
    hits = uses.hits.select("promo_index", "row").unique()["promo_index"]
    counts = [_counts(hits, "matched", codes)]
    for outcome, name in ((Outcome.PROMO_CODE, "paid"), (Outcome.WITHHELD, "withheld")):
        if credits is None:
            counts.append(pl.Series(name, [None] * offered.height, dtype=pl.UInt32))
        else:
            counts.append(_counts(credits.filter(pl.col("outcome") == outcome)["promo_index"], name, codes))
    return offered.with_columns(counts)


def _counts(indices: pl.Series, name: str, codes: Ruleset) -> pl.Series:
    counts = np.bincount(indices.to_numpy(), minlength=len(codes.precedence))
    return pl.Series(name, counts, dtype=pl.UInt32)


def _offered(codes: Ruleset, conversions: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Per program of promo codes: how many of its conversions were placed while each was active, from when to when."""
    numbers = codes.numbers
    begin, end = pl.col("begin"), pl.col("end")
    offered = (end - begin).cast(pl.UInt32).alias("offered")
    some = pl.when(begin < end)
    for program in np.unique(numbers.program).tolist():
        own = np.flatnonzero(numbers.program == program)
        its = conversions if program < 0 else conversions.filter(pl.col("program_id") == codes.program_ids[program])
        times = its["event_time"].sort()
        instants = times.to_physical().to_numpy()
        low = np.searchsorted(instants, numbers.active_from[own])
        high = np.maximum(low, np.searchsorted(instants, numbers.active_to[own], side="right"))
        spans = pl.DataFrame({"promo_index": own, "begin": low, "end": high})
        places = spans.select(some.then(begin).alias("first"), some.then(end - 1).alias("last"))
        ends = [times.gather(place).alias(place.name) for place in places]
        yield spans.select(pl.col("promo_index").cast(pl.UInt32), offered, *ends)


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
