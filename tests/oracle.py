"""The specification as slow, obvious Python: what every evaluator of the package is compared with.

It imports nothing of the package. Each rule is one short function whose docstring is the sentence it
implements. Input are plain dictionaries with the field names of the specification; output are rows as
dictionaries, in no particular order. Reading (ids, times, bad rows) is in `oracle_reading`.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cmp_to_key
from typing import Any

import regex

from tests import oracle_reading as reading

Row = dict[str, Any]


CREDIT_COLUMNS = (
    "conversion_id",
    "program_id",
    "event_time",
    "outcome",
    "reason",
    "partner_id",
    "promo_code_id",
    "credit_rule",
    "used_code",
    "share",
    "amount",
    "currency",
    "winner_partner_id",
    "last_click_time",
    "path_clicks",
)
VERDICT_COLUMNS = (
    "conversion_id",
    "promo_code_id",
    "used_code",
    "code_position",
    "match_mode",
    "credit_rule",
    "partner_id",
    "involved",
    "winner",
    "met",
    "selected",
)


@dataclass
class Result:
    """One run: `credits`, `verdicts` with the columns of section 8; `rejected` as (table, index, reason)."""

    credits: list[Row] = field(default_factory=list)
    verdicts: list[Row] = field(default_factory=list)
    rejected: list[tuple[str, int, str]] = field(default_factory=list)

    def rejected_rows(self) -> list[Row]:
        """The rejected rows as dictionaries."""
        return [{"table": table, "row": row, "reason": reason} for table, row, reason in self.rejected]


def settle(program: Row, conversions: list[Row], clicks: list[Row]) -> Result:
    """Bad rows are set aside; every other conversion is decided on its own."""
    settings = reading.settings_of(program)
    promo_codes = [reading.promo_code_of(k, settings) for k in program["promo_codes"]]
    good_clicks, bad_clicks = reading.sift_clicks(clicks, settings)
    good, bad = reading.sift_conversions(conversions, settings, programs_named(promo_codes))
    result = Result(rejected=bad_clicks + bad)
    for conversion in good:
        decide(conversion, good_clicks, promo_codes, settings, result)
    return result


def decide(c: Row, clicks: list[Row], promo_codes: list[Row], settings: Row, result: Result) -> None:
    """From one conversion to its verdicts and credits."""
    c = {**c, "program_id": program_of(c, programs_named(promo_codes))}
    path = carried_path(c, settings) if c["click_path"] is not None else click_path(c, clicks, settings)
    last = last_click(path)
    verdicts = in_precedence(matches(c, promo_codes, settings))
    for v in verdicts:
        v["involved"] = any(click["partner_id"] == v["partner_id"] for click in path)
        v["winner"] = last is not None and last["partner_id"] == v["partner_id"]
        v["met"] = is_met(v)
    credits = credits_of(verdicts, last, settings)
    paid = [credit["promo_code_id"] for credit in credits if credit["outcome"] == "PROMO_CODE"]
    for v in verdicts:
        shown = {name: v[name] for name in VERDICT_COLUMNS if name not in ("conversion_id", "selected")}
        result.verdicts.append({"conversion_id": c["conversion_id"], **shown, "selected": v["promo_code_id"] in paid})
    about = {name: c[name] for name in ("conversion_id", "program_id", "event_time", "amount", "currency")}
    about["winner_partner_id"] = None if last is None else last["partner_id"]
    about["last_click_time"] = None if last is None else last["event_time"]
    about["path_clicks"] = len(path)
    result.credits.extend({**about, **credit} for credit in credits)


# Section 2: matching


def programs_named(promo_codes: list[Row]) -> list[str]:
    """The programs that the promo codes name."""
    return sorted({k["program_id"] for k in promo_codes if k["program_id"] is not None})


def program_of(c: Row, named: list[str]) -> str | None:
    """Its `program_id`; where it has none, the only program that the promo codes name.

    Where they name none, it has no program. (Where they name several, it was a bad row.)
    """
    if c["program_id"] is not None:
        return str(c["program_id"])
    return named[0] if len(named) == 1 else None


def same_program(k: Row, c: Row) -> bool:
    """A promo code with no program applies to every conversion."""
    return k["program_id"] is None or k["program_id"] == c["program_id"]


def is_active(k: Row, t: Any) -> bool:
    """`start_date <= t <= end_date`, both ends inclusive, a missing end is open.

    `EXPIRED`/`INACTIVE` with no `end_date`, and `FUTUREDATE` with no `start_date`, never match.
    """
    if k["state"] in ("EXPIRED", "INACTIVE") and k["end_date"] is None:
        return False
    if k["state"] == "FUTUREDATE" and k["start_date"] is None:
        return False
    if k["start_date"] is not None and t < k["start_date"]:
        return False
    return not (k["end_date"] is not None and t > k["end_date"])


def ascii_folded(text: str) -> str:
    """Case-folded with ASCII folding only (`K` never equals the Kelvin sign)."""
    return "".join(chr(ord(ch) + 32) if "A" <= ch <= "Z" else ch for ch in text)


def flags_hoisted(pattern: str) -> str:
    """A global inline flag, at the start or directly after a leading `^`, holds for the whole pattern."""
    flags = ""
    anchor = "^" if pattern.startswith("^") else ""
    rest = pattern[len(anchor) :]
    while found := regex.match(r"\(\?(?:[abefimprsuwxL]|V[01])+\)", rest):
        flags += found.group()
        rest = rest[found.end() :]
    return flags + anchor + rest


def text_matches(k: Row, u: str, settings: Row) -> bool:
    """`LI`: equal strings. `RE`: the pattern matches the whole used code (`full`), or any part (`search`)."""
    if k["match_mode"] == "LI":
        if settings["literal_case"] == "insensitive":
            return ascii_folded(k["code"]) == ascii_folded(u)
        return bool(k["code"] == u)
    pattern = regex.compile(flags_hoisted(k["code"]), flags=regex.VERSION0)
    found = pattern.fullmatch(u) if settings["regex_match"] == "full" else pattern.search(u)
    return found is not None


def stripped(text: str) -> str:
    """A used code is stripped of surrounding Unicode White_Space, and the zero-width U+200B, U+FEFF."""
    while text and regex.fullmatch(r"[\p{White_Space}\u200b\ufeff]", text[0]):
        text = text[1:]
    while text and regex.fullmatch(r"[\p{White_Space}\u200b\ufeff]", text[-1]):
        text = text[:-1]
    return text


def used_codes(value: Any, settings: Row) -> list[str]:
    """With `code_separator` set, a string is split on it first. A list is taken as it is.

    What is empty after stripping is no code. Order is kept; repeats of the same used code count once.
    """
    if value is None:
        return []
    parts = [value] if isinstance(value, str) else list(value)
    if isinstance(value, str) and settings["code_separator"] is not None:
        parts = value.split(settings["code_separator"])
    codes: list[str] = []
    for part in parts:
        code = "" if part is None else stripped(part)
        if code and code not in codes:
            codes.append(code)
    return codes


def matches(c: Row, promo_codes: list[Row], settings: Row) -> list[Row]:
    """One row per matched promo code, with the earliest used code that it matches."""
    rows = []
    for k in promo_codes:
        if not same_program(k, c) or not is_active(k, c["event_time"]):
            continue
        for position, u in enumerate(used_codes(c["promo_code"], settings), start=1):
            if text_matches(k, u, settings):
                rows.append({**k, "promo_code_id": k["id"], "used_code": u, "code_position": position})
                break
    return rows


# Section 3: credit rules


def click_path(c: Row, clicks: list[Row], settings: Row) -> list[Row]:
    """Clicks with the same `customer_id`, of the conversion's program, within the window.

    Null `customer_id` = empty path; a click with a null `customer_id` is in no path.
    """
    if c["customer_id"] is None:
        return []
    own = [click for click in clicks if click["customer_id"] == c["customer_id"]]
    return [click for click in own if of_program(click, c) and in_window(click, c, settings)]


def carried_path(c: Row, settings: Row) -> list[Row]:
    """A conversion may carry its path itself; then no click table is needed. The window holds for it too."""
    return [click for click in c["click_path"] if in_window(click, c, settings)]


def of_program(click: Row, c: Row) -> bool:
    """A click without a program counts in every program; a conversion without one counts every click."""
    if click["program_id"] is None or c["program_id"] is None:
        return True
    return bool(click["program_id"] == c["program_id"])


def in_window(click: Row, c: Row, settings: Row) -> bool:
    """`t - lookback <= click time <= t`, elapsed time, both ends inclusive."""
    if click["event_time"] > c["event_time"]:
        return False
    return bool(c["event_time"] - click["event_time"] <= settings["lookback"])


def later(a: Row, b: Row) -> bool:
    """Last by (`event_time`, `click_id`, `partner_id`); a missing `click_id` sorts before any other."""
    if a["event_time"] != b["event_time"]:
        return bool(a["event_time"] > b["event_time"])
    if a["click_id"] != b["click_id"]:
        if a["click_id"] is None or b["click_id"] is None:
            return b["click_id"] is None
        return bool(a["click_id"] > b["click_id"])
    return bool(a["partner_id"] > b["partner_id"])


def last_click(path: list[Row]) -> Row | None:
    """The click of the path that is last; its partner is the winner."""
    last: Row | None = None
    for click in path:
        if last is None or later(click, last):
            last = click
    return last


def is_met(v: Row) -> bool:
    """`ALWAYS`: always; `INVOLVED`: the partner has a click in the path; `WINNER`: it drove the last."""
    if v["credit_rule"] == "ALWAYS":
        return True
    return bool(v["involved"] if v["credit_rule"] == "INVOLVED" else v["winner"])


# Section 4: from verdicts to credits


def compared(a: Row, b: Row) -> int:
    """Earlier used code; `LI` before `RE`; later `start_date`; later `created_date`; smaller `id`.

    A missing date is the earliest.
    """
    if a["code_position"] != b["code_position"]:
        return -1 if a["code_position"] < b["code_position"] else 1
    if a["match_mode"] != b["match_mode"]:
        return -1 if a["match_mode"] == "LI" else 1
    for name in ("start_date", "created_date"):
        if a[name] != b[name]:
            if a[name] is None or b[name] is None:
                return 1 if a[name] is None else -1
            return -1 if a[name] > b[name] else 1
    return -1 if a["promo_code_id"] < b["promo_code_id"] else 1


def in_precedence(verdicts: list[Row]) -> list[Row]:
    """Matched promo codes, first in precedence first."""
    return sorted(verdicts, key=cmp_to_key(compared))


def credits_of(verdicts: list[Row], last: Row | None, settings: Row) -> list[Row]:
    """Some verdict met: the promo codes; matched but unmet, and withhold: nobody; else the default."""
    met = [v for v in verdicts if v["met"]]
    if met:
        return paid_promo_codes(met, settings)
    if verdicts and settings["uncredited"] == "withhold":
        return [withheld(verdicts[0])]
    return [default_credit(bool(verdicts), last, settings)]


def paid_promo_codes(met: list[Row], settings: Row) -> list[Row]:
    """`one`: the first met takes it all; `split`: each distinct partner 1/n; `each`: each gets share 1.

    A partner that meets several of its codes is credited once, for the first in precedence.
    """
    first_of_partner: dict[str, Row] = {}
    for v in met:
        first_of_partner.setdefault(v["partner_id"], v)
    paid = list(first_of_partner.values())
    if settings["resolution"] == "one":
        paid = paid[:1]
    share = Fraction(1, len(paid)) if settings["resolution"] == "split" else Fraction(1)
    return [credit("PROMO_CODE", "RULE_" + v["credit_rule"], v["partner_id"], share, v) for v in paid]


def withheld(first: Row) -> Row:
    """Nobody is credited; the reason is the cause of the first matched promo code in precedence order."""
    reason = "NOT_WINNER" if first["credit_rule"] == "WINNER" else "NOT_INVOLVED"
    return credit("WITHHELD", reason, None, Fraction(0), first)


def default_credit(matched: bool, last: Row | None, settings: Row) -> Row:
    """`last_click` credits the winner; with an empty path, or with `none`, the conversion is unattributed."""
    if settings["default_crediting"] == "none":
        return credit("UNATTRIBUTED", "DEFAULT_NONE", None, Fraction(0), None)
    if last is None:
        return credit("UNATTRIBUTED", "NO_CLICKS", None, Fraction(0), None)
    reason = "RULE_NOT_MET" if matched else "NO_CODE_MATCHED"
    return credit("LAST_CLICK", reason, last["partner_id"], Fraction(1), None)


def credit(outcome: str, reason: str, partner_id: str | None, share: Fraction, decided_by: Row | None) -> Row:
    """One credit; the promo code is the one that decided, if any did."""
    row: Row = {"outcome": outcome, "reason": reason, "partner_id": partner_id, "share": share}
    for name in ("promo_code_id", "credit_rule", "used_code"):
        row[name] = None if decided_by is None else decided_by[name]
    return row
