"""The uses of a batch: which promo codes each used code of each conversion matches, and which match none.

Other than in crediting, a promo code that matches several used codes of one order matches each of them.
"""

from dataclasses import dataclass

import polars as pl

from attribution.crediting.ruleset import Ruleset, applies
from attribution.matching import Matcher
from attribution.matching.used_codes import used_code_table
from attribution.validation.usage.tally import money_column


@dataclass(frozen=True, slots=True)
class Uses:
    """Tables about the conversions of a batch; a conversion is its `row`, from 0, a use its `use`.

    conversions  one row per conversion, in order of `row`: `conversion_id`, `event_time`, `program_id`, `currency`,
                 and `amount` as `money_column` makes it
    hits         one row per use and promo code that it matches: `use`, `row`, `used_code`, `promo_index`
    misses       one row per use that matches nothing: `use`, `row`, `used_code`; without the conversions of programs
                 that no promo code is for, which are other people's business
    texts        one row per distinct used code and promo code whose text it matches: `used_code`, `promo_index`
    """

    conversions: pl.DataFrame
    hits: pl.DataFrame
    misses: pl.DataFrame
    texts: pl.DataFrame


def find_uses(conversions: pl.DataFrame, codes: Ruleset, matcher: Matcher, separator: str | None) -> Uses:
    """The uses of well-formed conversions whose `program_id` is resolved, with their `row`."""
    used = used_code_table(conversions["row"], conversions["promo_code"], separator)
    used = used.select("row", "used_code").with_row_index("use")
    used_codes = used["used_code"].unique()
    number, index = matcher.match_column(used_codes)
    texts = pl.DataFrame({"used_code": used_codes.gather(number), "promo_index": index})
    found = used.join(texts, on="used_code")
    scope = conversions.select(pl.col("event_time", "program_id").gather(found["row"]))
    promo_codes = codes.frame.select(pl.all().gather(found["promo_index"]))
    within = pl.concat([promo_codes, scope], how="horizontal").select(applies()).to_series()
    hits = found.filter(within)
    hit = pl.repeat(False, used.height, dtype=pl.Boolean, eager=True).scatter(hits["use"].unique(), True)
    missed = used.filter(~hit)
    ours = missed.filter(_known_program(conversions, codes).gather(missed["row"]))
    amount = money_column(conversions["amount"])
    facts = conversions.select("conversion_id", "event_time", "program_id", "currency", amount)
    return Uses(facts, hits.select("use", "row", "used_code", "promo_index"), ours, texts)


def _known_program(conversions: pl.DataFrame, codes: Ruleset) -> pl.Series:
    """Whether there are promo codes for the program of each conversion."""
    if None in codes.program_id:
        return pl.repeat(True, conversions.height, dtype=pl.Boolean, eager=True)
    return conversions["program_id"].is_in(list(codes.program_ids)).fill_null(False)
