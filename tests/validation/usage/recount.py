"""What happened under a program, counted again with loops over the oracle's records.

Each function gives one table of `Usage` as tuples in the order of its columns. Nothing of the package is used. Nearness
is recounted in `nearness.py`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from tests import oracle
from tests import oracle_reading as reading
from tests.evaluators import World
from tests.oracle import Row

Group = tuple[Any, ...]


@dataclass
class Use:
    """One used code of one conversion, and the promo codes that it matches, by precedence."""

    conversion: Row
    used_code: str
    hits: list[int]


@dataclass
class Recount:
    """The records of a world as the oracle reads them."""

    world: World
    settings: Row = field(init=False)
    codes: list[Row] = field(init=False)
    conversions: list[Row] = field(init=False)
    clicks: list[Row] = field(init=False)
    credits: dict[str, list[Row]] = field(init=False)

    def __post_init__(self) -> None:
        self.settings = reading.settings_of(self.world.program)
        self.codes = [reading.promo_code_of(k, self.settings) for k in self.world.program["promo_codes"]]
        self.named = oracle.programs_named(self.codes)
        good, _ = reading.sift_conversions(list(self.world.conversions), self.settings, self.named)
        self.conversions = [{**c, "program_id": oracle.program_of(c, self.named)} for c in good]
        self.clicks, _ = reading.sift_clicks(list(self.world.clicks), self.settings)
        self.credits = defaultdict(list)
        for row in oracle.settle(self.world.program, list(self.world.conversions), list(self.world.clicks)).credits:
            self.credits[row["conversion_id"]].append(row)
        used = [(c, u) for c in self.conversions for u in oracle.used_codes(c["promo_code"], self.settings)]
        self.uses = [Use(c, u, self.hits(c, u)) for c, u in used]

    def hits(self, c: Row, u: str) -> list[int]:
        found = []
        for index, k in enumerate(self.codes):
            applies = oracle.same_program(k, c) and oracle.is_active(k, c["event_time"])
            if applies and oracle.text_matches(k, u, self.settings):
                found.append({**k, "index": index, "promo_code_id": k["id"], "code_position": 1})
        return [row["index"] for row in oracle.in_precedence(found)]

    @property
    def misses(self) -> list[Use]:
        """Uses that match nothing, of programs that some promo code is for."""
        anywhere = any(k["program_id"] is None for k in self.codes)
        return [u for u in self.uses if not u.hits and (anywhere or u.conversion["program_id"] in self.named)]

    def tally(self, grouped: Iterable[tuple[Group, Row]]) -> list[Group]:
        """Rows of a `_money` table from pairs of group and conversion."""
        rows: dict[Group, dict[str, Row]] = defaultdict(dict)
        for group, c in grouped:
            rows[(*group, c["currency"])][c["conversion_id"]] = c
        found = []
        for key, members in rows.items():
            amounts = [Decimal(c["amount"]) for c in members.values() if c["amount"] is not None]
            total = sum(amounts, Decimal()) if amounts else None
            found.append((*key, len(members), len(members) - len(amounts), total))
        return found

    def promo_codes(self) -> list[Group]:
        rows = []
        for index, k in enumerate(self.codes):
            its = [c for c in self.conversions if oracle.same_program(k, c) and oracle.is_active(k, c["event_time"])]
            times = sorted(c["event_time"] for c in its)
            matched = {u.conversion["conversion_id"] for u in self.uses if index in u.hits}
            credits = [row for own in self.credits.values() for row in own]
            outcomes = [row["outcome"] for row in credits if row["promo_code_id"] == k["id"]]
            ends = (times[0], times[-1]) if times else (None, None)
            rows.append(
                (index, len(its), *ends, len(matched), outcomes.count("PROMO_CODE"), outcomes.count("WITHHELD"))
            )
        return rows

    def credited_partners(self, c: Row) -> set[Any]:
        return {row["partner_id"] for row in self.credits[c["conversion_id"]]}

    def unpaid(self) -> list[tuple[int, Row]]:
        return [
            (index, u.conversion)
            for u in self.uses
            for index in u.hits
            if self.codes[index]["partner_id"] not in self.credited_partners(u.conversion)
        ]

    def unpaid_money(self) -> list[Group]:
        return self.tally(((index,), c) for index, c in self.unpaid())

    def overlapping(self) -> list[tuple[int, int, Use]]:
        found = []
        for u in self.uses:
            others = [i for i in u.hits if self.codes[i]["partner_id"] != self.codes[u.hits[0]]["partner_id"]]
            if others:
                found.append((u.hits[0], others[0], u))
        return found

    def overlaps(self) -> list[Group]:
        groups: dict[Group, list[Row]] = defaultdict(list)
        for first, second, u in self.overlapping():
            groups[(first, second, u.used_code)].append(u.conversion)
        earliest: Callable[[Row], Any] = lambda c: (c["event_time"], c["conversion_id"])  # noqa: E731
        return [(*key, len(own), min(own, key=earliest)["conversion_id"]) for key, own in groups.items()]

    def overlap_others(self) -> list[Group]:
        return list({(a, b, i) for a, b, u in self.overlapping() for i in u.hits if i not in (a, b)})

    def overlap_money(self) -> list[Group]:
        return self.tally(((a, b), u.conversion) for a, b, u in self.overlapping())

    def overlap_paid(self, *, paths_known: bool = True) -> list[Group]:
        groups: dict[Group, set[str]] = defaultdict(set)
        for a, b, u in self.overlapping():
            hits = [i for other in self.uses if other.conversion is u.conversion for i in other.hits]
            known = paths_known or all(self.codes[i]["credit_rule"] == "ALWAYS" for i in hits)
            for row in self.credits[u.conversion["conversion_id"]]:
                paid = (row["outcome"], row["partner_id"]) if known else (None, None)
                groups[(a, b, *paid)].add(u.conversion["conversion_id"])
        return [(*key, len(own)) for key, own in groups.items()]

    def without_clicks(self) -> list[Group]:
        groups = set()
        for k, row in zip(self.codes, self.promo_codes(), strict=True):
            if k["credit_rule"] != "ALWAYS" and row[1] and not self.has_click(k):
                groups.add((k["partner_id"], k["program_id"]))
        return list(groups)

    def has_click(self, k: Row) -> bool:
        carried = [
            {**click, "program_id": c["program_id"]}
            for c in self.conversions
            for click in c["click_path"] or []
            if oracle.in_window(click, c, self.settings)
        ]
        own = [click for click in (*self.clicks, *carried) if click["partner_id"] == k["partner_id"]]
        programs = {click["program_id"] for click in own}
        return bool(programs) and (k["program_id"] is None or bool(programs & {None, k["program_id"]}))

    def without_clicks_money(self) -> list[Group]:
        silent = set(self.without_clicks())
        asking = [(self.codes[i], c) for i, c in self.unpaid() if self.codes[i]["credit_rule"] != "ALWAYS"]
        keys = [((k["partner_id"], k["program_id"]), c) for k, c in asking]
        return self.tally((key, c) for key, c in keys if key in silent)


def rows(table: Sequence[Any]) -> list[str]:
    """Rows as sorted text: order and the number of decimal places do not matter."""
    return sorted(repr([_plain(cell) for cell in row]) for row in table)


def _plain(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        return f"{cell.normalize() + 0:f}"
    if isinstance(cell, datetime):
        return cell.isoformat()
    return str(cell) if isinstance(cell, str) else cell
