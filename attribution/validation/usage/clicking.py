"""Partners whose promo codes need a click and who have none that counts."""

from datetime import datetime
from typing import Final

import numpy as np
import polars as pl

from attribution.crediting.gather import Paths
from attribution.crediting.rules import NEEDS_CLICK
from attribution.crediting.ruleset import Ruleset
from attribution.events.readers import ClickScan
from attribution.validation.usage.uses import Uses, money_by

CLICK_RULES: Final = [rule.value for rule, needs in NEEDS_CLICK.items() if needs]
_ASKS: Final = pl.col("credit_rule").is_in(CLICK_RULES)
_GROUP: Final = ["partner_id", "program_id"]


def click_period(scan: ClickScan) -> tuple[int, datetime | None, datetime | None]:
    """How many well-formed clicks a table has, the time of the first and that of the last; the times are streamed."""
    time = pl.col("event_time")
    period = scan.frame.filter(~scan.bad()).select(pl.len(), time.min().alias("first"), time.max().alias("last"))
    with scan.reading():
        number, first, last = period.collect(engine="streaming").row(0)
    return number, first, last


def without_clicks(codes: Ruleset, active: pl.Series, in_paths: pl.DataFrame, scan: ClickScan | None) -> pl.DataFrame:
    """The table `Usage.without_clicks`. `in_paths`: `partner_id`, `program_id` of clicks that are known to count.

    The click table is streamed, two columns of it, only where these leave a partner in doubt.
    """
    needed = codes.frame.filter(_ASKS & active).rename({"promo_program_id": "program_id"})
    silent = _silent(needed.select(_GROUP).unique(), in_paths)
    if scan is not None and not silent.is_empty():
        silent = _silent(silent, _clicks_of(silent["partner_id"].unique(), scan))
    return silent.sort(_GROUP, nulls_last=True)


def partners_in_paths(found: Paths, partner_ids: pl.Series, conversions: pl.DataFrame) -> pl.DataFrame:
    """`partner_id`, `program_id`: partners with a click in a path, and the programs of these conversions."""
    first, stop = found.spans
    groups = conversions.select("program_id", row=pl.int_range(pl.len())).group_by("program_id").agg("row")
    seen = [pl.DataFrame(schema={"partner_id": pl.String, "program_id": pl.String})]
    for program_id, rows in groups.iter_rows():
        places = len(found.referrals.time) + 1
        opened = np.bincount(first[rows], minlength=places) - np.bincount(stop[rows], minlength=places)
        inside = np.cumsum(opened)[:-1] > 0
        partners = partner_ids.gather(np.unique(found.referrals.partner[inside])).alias("partner_id").cast(pl.String)
        seen.append(partners.to_frame().with_columns(pl.lit(program_id, pl.String).alias("program_id")))
    return pl.concat(seen)


def silent_money(silent: pl.DataFrame, unpaid: pl.DataFrame, codes: Ruleset, uses: Uses) -> pl.DataFrame:
    """The table `Usage.without_clicks_money`. `unpaid`: `row`, `promo_index`, `partner_id` of hits."""
    about = codes.frame.select("credit_rule", program_id="promo_program_id")
    rules = about.select(pl.all().gather(unpaid["promo_index"]))
    asking = pl.concat([unpaid, rules], how="horizontal").filter(_ASKS)
    return money_by(_GROUP, asking.join(silent, on=_GROUP, how="semi", nulls_equal=True), uses.conversions)


def _clicks_of(partners: pl.Series, scan: ClickScan) -> pl.DataFrame:
    absent = [] if "program_id" in scan.frame.collect_schema() else [pl.lit(None, pl.String).alias("program_id")]
    clicks = scan.frame.filter(~scan.bad()).with_columns(absent).select(_GROUP)
    with scan.reading():
        return clicks.join(partners.to_frame().lazy(), on="partner_id", how="semi").unique().collect(engine="streaming")


def _silent(groups: pl.DataFrame, clicks: pl.DataFrame) -> pl.DataFrame:
    """The groups without a click; a click without a program counts in every one, as in click paths."""
    program, of_click = pl.col("program_id"), pl.col("program_id_of_click")
    pairs = groups.join(clicks, on="partner_id", suffix="_of_click")
    heard = pairs.filter(program.is_null() | of_click.is_null() | (program == of_click))
    return groups.join(heard, on=_GROUP, how="anti", nulls_equal=True)
