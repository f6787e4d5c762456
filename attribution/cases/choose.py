"""Chooses which conversions to record: few that together show every outcome, reason, and rule met or not met.

A smallest set is hard to find; taking each time the conversion that adds most comes near. The choice depends on the
rows, not on their order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Final

import polars as pl

from attribution.crediting.ledger import CreditResult
from attribution.explaining.explain import NoSuchConversionError

_ORDER: Final = ("path_clicks", "event_time", "conversion_id")
"""Of conversions that show the same things, the first by these: the shortest click path is the easiest to read."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen conversions by time and id; `shown` of all `things` that occur are shown by them."""

    conversion_ids: tuple[str, ...]
    things: int
    shown: int


def choose(result: CreditResult, which: Sequence[str] | int | None) -> Choice:
    """The conversions of these ids, at most so many that show as much as they can, or (None) all of them.

    Raises `NoSuchConversionError` for an id that is not among those credited.
    """
    conversions = result.credits.select(*_ORDER).unique().sort("event_time", "conversion_id")
    shows = _things(result)
    things = shows["thing"].n_unique()
    if which is not None:
        ids = _greedy(conversions, shows, which) if isinstance(which, int) else list(which)
        known = set(conversions["conversion_id"])
        for ident in ids:
            if ident not in known:
                raise NoSuchConversionError(ident, len(known), ())
        wanted = pl.col("conversion_id").is_in(ids)
        conversions, shows = conversions.filter(wanted), shows.filter(wanted)
    return Choice(tuple(conversions["conversion_id"]), things, shows["thing"].n_unique())


def _things(result: CreditResult) -> pl.DataFrame:
    """One row per conversion and thing that it shows: `conversion_id`, `thing` a number."""
    reasons = result.credits.select("conversion_id", kind="outcome", name="reason")
    met = pl.when("met").then(pl.lit("met")).otherwise(pl.lit("not met"))
    rules = result.verdicts.select("conversion_id", met.alias("kind"), name="promo_code_id")
    shows = pl.concat([reasons, rules])
    return shows.select("conversion_id", thing=pl.struct("kind", "name").rank("dense"))


def _greedy(conversions: pl.DataFrame, shows: pl.DataFrame, limit: int) -> list[str]:
    """Ids of conversions, each time the first that adds most.

    What a conversion adds only shrinks, so one that is looked at again and still adds what it did is the best.
    """
    kinds = (
        shows.group_by("conversion_id")
        .agg(pl.col("thing").unique().sort())
        .with_columns(kind=pl.col("thing").list.eval(pl.element().cast(pl.String)).list.join(","))
        .join(conversions, on="conversion_id")
        .sort(*_ORDER)
        .unique("kind", keep="first", maintain_order=True)
    )
    sets = [frozenset(things) for things in kinds["thing"].to_list()]
    heap = [(-len(things), index) for index, things in enumerate(sets)]
    heapify(heap)
    taken: list[int] = []
    shown: set[int] = set()
    while heap and len(taken) < limit:
        adds, index = heappop(heap)
        new = len(sets[index] - shown)
        if new and new == -adds:
            taken.append(index)
            shown |= sets[index]
        elif new:
            heappush(heap, (-new, index))
    return kinds["conversion_id"][taken].to_list()
