"""Credit a batch: arrays of numbers from the first to the last step, no Python per row.

A conversion is its `row`, a promo code its place in the program, a used code and a partner a number of this batch. A
*hit* is a conversion and a promo code that one of its used codes matches; hits stand by conversion, then precedence.
"""

from typing import Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from attribution.crediting.gather import Gathered, Paths, microseconds, paths
from attribution.crediting.ledger import NONE, CreditNumbers, Hits, Ledger, Numbers, PathNumbers
from attribution.crediting.rules import HAS_WINNER, IS_MET, MATCHED, MET, RULES, Paid
from attribution.crediting.ruleset import Ruleset
from attribution.events.customers import distinct
from attribution.matching import Matcher
from attribution.matching.index.pairs import ragged
from attribution.matching.used_codes import used_code_table
from attribution.program import Settings

_FEWEST: Final = 2  # clicks of a path in which somebody else than its winner can be involved


class _Matched(NamedTuple):
    row: Numbers
    promo_code: Numbers
    used_code: Numbers
    code_position: Numbers


def credit_batch(gathered: Gathered, ruleset: Ruleset, matcher: Matcher, settings: Settings) -> Ledger:
    """The ledger of gathered conversions; the lookback of the settings is at most the one they were gathered for."""
    conversions, program = with_programs(gathered, ruleset)
    found = paths(gathered, program, settings.lookback)
    partner_ids, owner = _partners(gathered.partner_ids, ruleset)
    summary = _winners(found)
    used_codes, matched = _matched(gathered, program, ruleset, matcher, settings)
    hits = _judge(matched, found, summary, owner[ruleset.numbers.owner], gathered, ruleset, settings)
    credits = _credits(hits, summary, owner[ruleset.numbers.owner], ruleset, conversions.height)
    return Ledger(conversions, ruleset, partner_ids, used_codes, credits, hits, summary)


def with_programs(gathered: Gathered, ruleset: Ruleset) -> tuple[pl.DataFrame, NDArray[np.int32]]:
    """The conversions with the program of those that name none, where the rules name one; and its numbers."""
    conversions, program = gathered.conversions, gathered.program
    only = ruleset.resolve_program(None)
    if only is None:
        return conversions.with_columns(pl.col("program_id").cast(pl.String)), program
    known = gathered.program_ids
    number = known.index(only) if only in known else len(known)
    filled = conversions.with_columns(pl.col("program_id").cast(pl.String).fill_null(only))
    return filled, np.where(program < 0, np.int32(number), program)


def _partners(of_referrals: pl.Series, ruleset: Ruleset) -> tuple[pl.Series, Numbers]:
    """Partners by number, those of referrals first, and the number of each of `Ruleset.owners`."""
    number = {partner_id: at for at, partner_id in enumerate(of_referrals.to_list())}
    owners = ruleset.owners
    further = [partner_id for partner_id in owners if partner_id not in number]
    number.update((partner_id, len(of_referrals) + at) for at, partner_id in enumerate(further))
    ids = of_referrals.alias("partner_id"), pl.Series("partner_id", further, dtype=pl.String)
    return pl.concat(ids), np.array([number[partner_id] for partner_id in owners], dtype=np.int64)


def _winners(found: Paths) -> PathNumbers:
    clicks, last = found.spans.clicks, found.spans.stop - 1
    won = clicks > 0
    winner = np.full(len(clicks), NONE, dtype=np.int64)
    time = np.zeros(len(clicks), dtype=np.int64)
    winner[won] = found.referrals.partner[last[won]]
    time[won] = found.referrals.time[last[won]]
    return PathNumbers(winner, time, clicks)


def _matched(
    gathered: Gathered, program: NDArray[np.int32], ruleset: Ruleset, matcher: Matcher, settings: Settings
) -> tuple[pl.Series, _Matched]:
    """The distinct used codes by number, and which promo codes of the program, active at the time, they match."""
    conversions, promo_codes = gathered.conversions, ruleset.numbers
    used = used_code_table(conversions["row"], conversions["promo_code"], settings.code_separator)
    codes, number = distinct(used["used_code"])
    code, promo_code = matcher.match_column(codes)
    order = np.lexsort((promo_codes.precedence[promo_code], code))
    per_code = np.bincount(code, minlength=len(codes)).astype(np.int64)
    starts = np.cumsum(per_code) - per_code
    which, offset = ragged(per_code[number])
    promo = promo_code[order][starts[number[which]] + offset].astype(np.int64)
    row = used["row"].to_numpy().astype(np.int64)[which]
    at = gathered.at[row]
    wanted = _program_numbers(ruleset, gathered.program_ids)[promo_codes.program[promo]]
    applies = (promo_codes.active_from[promo] <= at) & (at <= promo_codes.active_to[promo])
    applies &= (wanted == NONE) | (wanted == program[row])
    position = used["code_position"].to_numpy().astype(np.int64)[which]
    matched = _Matched(*(column[applies] for column in (row, promo, number[which], position)))
    return codes, _in_order(matched)


def _program_numbers(ruleset: Ruleset, known: list[str]) -> NDArray[np.int32]:
    """The number in the batch of each of `Ruleset.program_ids`; last, where -1 points to, that of every program.

    A program that no row names has a number of its own, which only conversions without a program are given.
    """
    numbers = {program_id: at for at, program_id in enumerate(known)}
    return np.array([*(numbers.get(one, len(known)) for one in ruleset.program_ids), NONE], dtype=np.int32)


def _in_order(matched: _Matched) -> _Matched:
    """By conversion, used code and precedence; of several used codes that match one promo code the earliest stands."""
    row, position = matched.row, matched.code_position
    if bool((position <= 1).all()) and bool((row[1:] >= row[:-1]).all()):
        return matched
    order = np.lexsort((position, row))  # stable: precedence stays the order within a used code
    matched = _Matched(*(column[order] for column in matched))
    pairs = pl.DataFrame({"row": matched.row, "promo_code": matched.promo_code})
    first = pairs.select(pl.struct("row", "promo_code").is_first_distinct()).to_series().to_numpy()
    return _Matched(*(column[first] for column in matched))


def _judge(
    matched: _Matched,
    found: Paths,
    summary: PathNumbers,
    owner: Numbers,
    gathered: Gathered,
    ruleset: Ruleset,
    settings: Settings,
) -> Hits:
    partner = owner[matched.promo_code]
    winner = summary.winner[matched.row] == partner
    involved = winner.copy()
    open_ = np.flatnonzero(~winner & (summary.clicks[matched.row] >= _FEWEST) & (partner < len(gathered.partner_ids)))
    involved[open_] = _involved(found, matched.row[open_], partner[open_], gathered.at, microseconds(settings.lookback))
    rule = ruleset.numbers.rule[matched.promo_code]
    met = np.array([MET[one] for one in RULES])[rule, 2 * involved + winner]
    selected = met & _first_claims(matched.row, partner, met, ruleset.by_partner)
    return Hits(*matched, involved, winner, met, selected)


def _involved(found: Paths, row: Numbers, partner: Numbers, at: Numbers, lookback: int) -> NDArray[np.bool_]:
    """Whether the partner has a click in the path of each conversion: the search of the path, by trail and partner."""
    referrals, trail = found.referrals, found.trail[row]
    pair = trail << 32 | partner
    pairs, group = np.unique(pair, return_inverse=True)
    asked = np.zeros(len(referrals.starts), dtype=np.bool_)
    asked[trail] = True
    sizes = np.diff(referrals.starts)
    candidates = np.flatnonzero(np.repeat(asked[:-1], sizes))
    whose = np.repeat(np.arange(len(sizes)), np.where(asked[:-1], sizes, 0))
    theirs = whose << 32 | referrals.partner[candidates].astype(np.int64)
    place = np.minimum(np.searchsorted(pairs, theirs), len(pairs) - 1) if len(pairs) else np.zeros(0, dtype=np.int64)
    same = pairs[place] == theirs if len(pairs) else np.zeros(0, dtype=np.bool_)
    candidates, place = candidates[same], place[same]
    order = np.argsort(place, kind="stable")
    of_pairs = referrals.of(candidates[order], place[order], len(pairs))
    time = at[row]
    earliest = np.maximum(time, np.iinfo(np.int64).min + lookback) - lookback
    return of_pairs.within(group, earliest, time).clicks > 0


def _first_claims(row: Numbers, partner: Numbers, met: NDArray[np.bool_], by_partner: bool) -> NDArray[np.bool_]:
    """Whether a met promo code is the first of its conversion, or of its conversion and partner."""
    claim = row[met] << 32 | partner[met] if by_partner else row[met]
    first = np.zeros(len(row), dtype=np.bool_)
    first[met] = pl.Series(claim).is_first_distinct().to_numpy()
    return first


def _credits(hits: Hits, summary: PathNumbers, owner: Numbers, ruleset: Ruleset, height: int) -> CreditNumbers:
    paying = np.bincount(hits.row[hits.selected], minlength=height)
    first = np.zeros(len(hits.row), dtype=np.bool_)
    first[:1] = True
    first[1:] = hits.row[1:] != hits.row[:-1]
    deciding = np.flatnonzero(hits.selected | (first & (paying[hits.row] == 0)))
    per_row = np.bincount(hits.row[deciding], minlength=height)
    row, offset = ragged(np.maximum(per_row, 1))
    starts = np.cumsum(per_row) - per_row
    hit = np.full(len(row), NONE, dtype=np.int64)
    has_code = per_row[row] > 0
    hit[has_code] = deciding[(starts[row] + offset)[has_code]]
    facts = np.where(summary.winner[row] >= 0, HAS_WINNER, 0)
    rule = ruleset.numbers.rule[hits.promo_code[hit[has_code]]].astype(np.int64)
    facts[has_code] += MATCHED * (rule + 1) + IS_MET * hits.met[hit[has_code]]
    return _ruled(row, hit, facts, hits, summary, owner, ruleset, paying)


def _ruled(  # noqa: PLR0913, PLR0917 -- all that a credit hangs on
    row: Numbers,
    hit: Numbers,
    facts: Numbers,
    hits: Hits,
    summary: PathNumbers,
    owner: Numbers,
    ruleset: Ruleset,
    paying: Numbers,
) -> CreditNumbers:
    """What the decision table says of each row of credits."""
    table = ruleset.decisions
    by_code = np.array([ruling.paid is Paid.PROMO_CODE for ruling in table])[facts]
    by_path = np.array([ruling.paid is Paid.WINNER for ruling in table])[facts]
    names = np.array([ruling.names_code for ruling in table])[facts]
    partner = np.where(by_path, summary.winner[row], NONE)
    partner[by_code] = owner[hits.promo_code[hit[by_code]]]
    parts = by_path.astype(np.int64)
    parts[by_code] = paying[row[by_code]] if ruleset.splits else 1
    return CreditNumbers(row, facts.astype(np.uint8), partner, np.where(names, hit, NONE), parts)
