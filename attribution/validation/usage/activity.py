"""For each promo code: the conversions it could have matched, those it did, and those it decided."""

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from attribution.crediting.ruleset import Ruleset
from attribution.events.schema import TIME
from attribution.terms import Outcome
from attribution.validation.usage.tables import PROMO_CODES
from attribution.validation.usage.uses import Uses

_Times = NDArray[np.int64]  # microseconds since 1970


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
    return offered.with_columns(counts).select(PROMO_CODES.names())


def _counts(indices: pl.Series, name: str, codes: Ruleset) -> pl.Series:
    counts = np.bincount(indices.to_numpy(), minlength=len(codes.precedence))
    return pl.Series(name, counts, dtype=pl.UInt32)


def _offered(codes: Ruleset, conversions: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Per program of promo codes: how many of its conversions were placed while each was active, from when to when."""
    frame = codes.frame.with_row_index("promo_index")
    for (program_id,), own in frame.group_by("promo_program_id"):
        its = conversions if program_id is None else conversions.filter(pl.col("program_id") == program_id)
        times = its["event_time"].sort().to_physical().to_numpy()
        low = _places(own["active_from"], times, after=False, missing=0)
        high = _places(own["active_to"], times, after=True, missing=len(times))
        high = np.where(own["never_active"].to_numpy(), low, np.maximum(low, high))
        yield own.select(
            "promo_index",
            pl.Series("offered", high - low, dtype=pl.UInt32),
            _times("first", times, low, low < high),
            _times("last", times, high - 1, low < high),
        )


def _places(bounds: pl.Series, times: _Times, *, after: bool, missing: int) -> NDArray[np.int64]:
    """How many of the sorted times come before each bound; with `after` those at the bound as well."""
    known = bounds.is_not_null().to_numpy()
    instants = bounds.to_physical().fill_null(0).to_numpy()
    return np.where(known, np.searchsorted(times, instants, side="right" if after else "left"), missing)


def _times(name: str, times: _Times, places: NDArray[np.int64], known: NDArray[np.bool_]) -> pl.Series:
    """The times at these places, null where not known."""
    index = pl.Series(places).to_frame("place").select(pl.when(pl.lit(pl.Series(known))).then("place")).to_series()
    return pl.Series(name, times).gather(index).cast(TIME)
