"""The table that every way of looking for near promo codes gives."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from attribution.validation.usage.tables import Nearness

CANDIDATES: Final = pl.Schema({"text": pl.String(), "promo_index": pl.UInt32(), "distance": pl.UInt8()})
"""One row per used code and promo code whose texts are near, if it were for the text alone."""

DISTANCE: Final[Mapping[Nearness, int]] = {
    nearness: place - (nearness is Nearness.ENDED) for place, nearness in enumerate(Nearness)
}
"""The smaller, the nearer; a promo code that has ended is as near as one that has not started."""


def candidates(pairs: pl.DataFrame, nearness: Nearness) -> pl.DataFrame:
    """`pairs` (`text`, `promo_index`) as candidates of one nearness."""
    distance = pl.lit(DISTANCE[nearness], pl.UInt8).alias("distance")
    return pairs.select("text", "promo_index", distance).cast(CANDIDATES)
