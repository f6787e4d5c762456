"""Reads conversions and clicks, credits them, and counts what the checks want to know."""

from collections.abc import Mapping
from os import PathLike
from typing import Final

import polars as pl

from attribution.crediting.batch import credit_batch, with_programs
from attribution.crediting.gather import Gathered, Reading, gather, paths
from attribution.crediting.ruleset import Ruleset
from attribution.events.column_names import columns_by_table
from attribution.events.readers import ClickScan, Source, scan_clicks
from attribution.explaining.near import USES, NearMisses
from attribution.explaining.near_difference import differences
from attribution.matching import Matcher
from attribution.matching.language import languages
from attribution.matching.patience import PatientMatcher
from attribution.program import Program
from attribution.validation.usage.activity import credited, promo_code_activity, unpaid_hits, without_paths
from attribution.validation.usage.clicking import click_period, partners_in_paths, silent_money, without_clicks
from attribution.validation.usage.overlapping import find_overlapping
from attribution.validation.usage.tables import REJECTED_ROWS, Usage
from attribution.validation.usage.uses import Uses, conversions_by, find_uses, money_by

GIVEN_UP: Final = 10
"""Patterns; with more of them that take too long, the error is raised after all."""


def read_usage(
    program: Program, conversions: Source | None, clicks: Source | None, columns: Mapping[str, str]
) -> Usage:
    """What happened under a program, by its own rules; either table may be missing.

    Sources and `columns` are those of `Engine.credit`. Bad rows are set aside and counted, in `Usage.rejected`; a
    table of the wrong shape raises `EventError`. Conversions are held in memory, clicks are streamed: once, and a
    second time (partners only) if some partner's promo codes need a click and no click path has one.
    Measured on 2,000,000 conversions with 150,000 distinct used codes, 20,000,000 clicks and 110,000 promo codes, on a
    busy machine: 11 s of processor time, about half of it for crediting, and 1.4 GB.
    """
    codes = Ruleset(program)
    mapped = columns_by_table(columns)["clicks"]
    zone = program.settings.timezone
    scan = None if clicks is None else scan_clicks(clicks, timezone=zone, columns=mapped)
    if conversions is None:
        return _of_clicks(codes, scan) if scan is not None else Usage()
    if clicks is not None and scan is not None and not isinstance(clicks, (str, PathLike, list, tuple)):
        # What can be read only once has been read by now, into something that can be read twice.
        clicks, columns = scan.frame, {key: name for key, name in columns.items() if key.startswith("conversions.")}
    reading = Reading(zone, columns, "reject", program.settings.code_separator, codes.needs_program)
    return _of_both(program, codes, gather(conversions, clicks, program.settings.lookback, reading), scan)


def _of_both(program: Program, codes: Ruleset, taken: Gathered, scan: ClickScan | None) -> Usage:
    settings = program.settings
    conversions, program_numbers = with_programs(taken, codes)

    def judge(matcher: Matcher) -> tuple[Uses, pl.DataFrame]:
        uses = find_uses(conversions, codes, matcher, settings.code_separator)
        return uses, credited(credit_batch(taken, codes, matcher, settings))

    names = [code.id for code in program.promo_codes]
    matcher = PatientMatcher(languages(program.promo_codes, settings), names, most=GIVEN_UP)
    uses, credits = matcher.do(judge)
    paths_known = scan is not None or "click_path" in taken.conversions.columns
    unpaid = unpaid_hits(uses, codes, credits)
    activity = promo_code_activity(codes, uses, credits if paths_known else None)
    silent = Usage().without_clicks
    if paths_known:
        seen = partners_in_paths(paths(taken, program_numbers, settings.lookback), taken.partner_ids, conversions)
        silent = without_clicks(codes, activity["offered"] > 0, seen, scan)
    known = credits if paths_known else without_paths(credits, uses, codes)
    at = taken.conversions["event_time"]
    return Usage(
        has_conversions=True,
        paths_known=paths_known,
        conversions_read=taken.conversions_read,
        conversions_rejected=taken.conversions_rejected,
        clicks_read=taken.clicks.read,
        first=at.min(),  # type: ignore[arg-type] # a column of times has times
        last=at.max(),  # type: ignore[arg-type] # as above
        rejected=_by_reason(taken.rejected),
        promo_codes=activity,
        unpaid_money=money_by(["promo_index"], unpaid, uses.conversions),
        **_nearly(program, uses),
        **find_overlapping(uses, codes, known),
        without_clicks=silent,
        without_clicks_money=silent_money(silent, unpaid, codes, uses),
        timed_out=tuple(sorted(matcher.slow)),
    )


def _nearly(program: Program, uses: Uses) -> dict[str, pl.DataFrame]:
    """The tables of `Usage` on uses that match nothing: `near` and `unassigned`, each with its money."""
    keys = ["promo_index", "used_code", "differences"]
    scope = uses.conversions.select(pl.col("event_time", "program_id").gather(uses.misses["row"]))
    misses = pl.concat([uses.misses, scope], how="horizontal")
    nearest = NearMisses(program).nearest(misses.select(USES.names()))
    near = nearest.join(uses.misses, on="use")
    rest = uses.misses.join(nearest, on="use", how="anti")
    told = conversions_by(keys, near)
    words = [list(differences(mask)) for mask in told["differences"].to_list()]
    return {
        "near": told.with_columns(pl.Series("differences", words, pl.List(pl.String))),
        "near_money": money_by(["promo_index"], near, uses.conversions),
        "unassigned": conversions_by(["used_code"], rest),
        "unassigned_money": money_by([], rest, uses.conversions),
    }


def _of_clicks(codes: Ruleset, scan: ClickScan) -> Usage:
    """What clicks alone tell: who has none."""
    number, first, last = click_period(scan)
    bad = scan.bad_counts()
    rejected = pl.DataFrame([("clicks", *one) for one in bad.items()], REJECTED_ROWS, orient="row")
    silent = Usage().without_clicks
    if first is not None and last is not None:
        from_, to = pl.col("active_from"), pl.col("active_to")
        within = (from_ <= last).fill_null(True) & (to >= first).fill_null(True) & ~pl.col("never_active")
        active = codes.frame.select(within).to_series()
        silent = without_clicks(codes, active, silent, scan)
    return Usage(
        paths_known=True,
        clicks_read=number + sum(bad.values()),
        first=first,
        last=last,
        rejected=rejected.sort("reason"),
        without_clicks=silent,
    )


def _by_reason(rejected: pl.DataFrame) -> pl.DataFrame:
    counted = rejected.group_by("table", "reason").agg(pl.len().cast(pl.UInt32).alias("rows"))
    return counted.sort("table", "reason", descending=[True, False]).cast(REJECTED_ROWS)
