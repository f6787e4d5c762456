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

_ORDER: Final = ("path_clicks", "event_time", "conversion_id")
"""Of conversions that show the same things, the first by these: the shortest click path is the easiest to read."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen conversions by time and id; `shown` of all `things` that occur are shown by them."""

    conversion_ids: tuple[str, ...]
    things: int
    shown: int


def choose(result: CreditResult, limit: int) -> Choice:
    """At most `limit` conversions that show as much as they can."""
    conversions = result.credits.select(*_ORDER).unique()
    shows = _things(result).group_by("conversion_id").agg(pl.col("thing").unique().sort())
    kinds = (
        shows.with_columns(kind=pl.col("thing").list.eval(pl.element().cast(pl.String)).list.join(","))
        .join(conversions, on="conversion_id")
        .sort(*_ORDER)
        .unique("kind", keep="first", maintain_order=True)
    )
    sets = [frozenset(things) for things in kinds["thing"].to_list()]
    taken, shown = _greedy(sets, limit)
    chosen = kinds.select("conversion_id", "event_time")[taken].sort("event_time", "conversion_id")
    return Choice(tuple(chosen["conversion_id"]), len(frozenset().union(*sets)), shown)


def chosen(result: CreditResult, ids: Sequence[str] | None) -> Choice:
    """The conversions of these ids, or all of them."""
    conversions = result.credits.select("conversion_id", "event_time").unique()
    things = _things(result)
    if ids is not None:
        wanted = pl.col("conversion_id").is_in(list(ids))
        conversions, shown = conversions.filter(wanted), things.filter(wanted)
    else:
        shown = things
    in_order = conversions.sort("event_time", "conversion_id")["conversion_id"]
    return Choice(tuple(in_order), things["thing"].n_unique(), shown["thing"].n_unique())


def _things(result: CreditResult) -> pl.DataFrame:
    """One row per conversion and thing that it shows: `conversion_id`, `thing` a number."""
    reasons = result.credits.select("conversion_id", kind="outcome", name="reason")
    met = pl.when("met").then(pl.lit("met")).otherwise(pl.lit("not met"))
    rules = result.verdicts.select("conversion_id", met.alias("kind"), name="promo_code_id")
    shows = pl.concat([reasons, rules])
    return shows.select("conversion_id", thing=pl.struct("kind", "name").rank("dense"))


def _greedy(sets: Sequence[frozenset[int]], limit: int) -> tuple[list[int], int]:
    """Indices of sets, each time the first that adds most; and how many things they have together.

    What a set adds only shrinks, so one that is looked at again and still adds what it did is the best.
    """
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
    return taken, len(shown)
