"""Disagreements between findings about single patterns (P005 to P010) and brute force, in words."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from random import Random
from typing import Any

import regex

from attribution.validation.finding import Finding, Severity
from tests.validation.oracle import oracle
from tests.validation.oracle.judging import Judged, is_used_code
from tests.validation.oracle.oracle import ONE_LINE, USED_CODES, Code, Row, folded, language, matches, shortest

FULL: Row = {"regex_match": "full"}
SEARCH: Row = {"regex_match": "search"}
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def patterns(world: Judged) -> Iterator[str]:
    """What the checks of patterns say wrongly, or fail to say, of each pattern."""
    told = {(finding.check, finding.promo_codes[0]): finding for finding in world.findings}
    for code in world.codes:
        own = {check: finding for (check, number), finding in told.items() if number == code.id}
        if code.match_mode == "LI":
            yield from (f"{check} of a literal {code.code!r}" for check in own if check[0] == "P")
            continue
        for disagreements in (_empty, _everything, _no_operators, _unanchored, _anchors, _letter_case):
            yield from (f"{code.code!r}: {text}" for text in disagreements(world, code, own))


Own = Mapping[str, Finding]


def _empty(_: Judged, code: Code, own: Own) -> Iterator[str]:
    if "P005" in own and not code.matches(""):
        yield "P005 is invented"
    # What matches nearly everything, or the empty text only, is told so instead.
    if code.matches("") and not {"P005", "P006", "P014"} & own.keys():
        yield "P005 is missed"


def share(code: Code, letters: str, draw: Random, size: int = 60) -> float:
    """The part of texts of 4 to 12 of these letters that match, from a sample."""
    texts = ["".join(draw.choices(letters, k=length)) for length in range(4, 13) for _ in range(size)]
    return sum(code.matches(text) for text in texts) / len(texts)


def _everything(world: Judged, code: Code, own: Own) -> Iterator[str]:
    shares = {
        "letters and digits": share(code, CAPITALS + "0123456789", Random(code.code)),
        "letters": share(code, CAPITALS, Random(code.code)),
    }
    finding = own.get("P006")
    if finding is None:
        if max(shares.values()) > 0.6:
            yield f"P006 is missed: {shares}"
        return
    facts: Mapping[str, Any] = finding.facts
    near = 0.1 if world.regular(code) else 0.25
    if abs(shares[facts["population"]] - facts["share"]) > near or facts["share"] <= 0.5:
        yield f"P006 is {dict(facts)}, sampled {shares}"
    if (finding.severity is Severity.ERROR) != (code.credit_rule == "ALWAYS"):
        yield f"P006 is {finding.severity} with {code.credit_rule}"


def _no_operators(_: Judged, code: Code, own: Own) -> Iterator[str]:
    """Only one used code may match; a plain text that must match as a whole must be found."""
    finding = own.get("P007")
    if finding is None:
        search = code.settings.get("regex_match") == "search"
        if regex.fullmatch("[A-Za-z0-9é-]{2,}", code.code) and not search:
            yield "P007 is missed"
        return
    text = finding.facts["literal"]
    # The letters that `(?i)` takes for k and s, and no literal does, are left aside: nobody enters them.
    plain = (used for used in USED_CODES if not set("\u212aſ") & set(used))
    lower, upper = folded(text), "".join(char.upper() if char.isascii() else char for char in text)
    tried = (*plain, f"X{text}", f"{text}X", lower, upper, text)
    own_codes = {used for used in tried if code.matches(used)}
    literal = {used for used in tried if matches(text, "LI", code.settings, used)}
    if not is_used_code(text) or not code.matches(text) or own_codes - literal or len({*map(folded, own_codes)}) > 1:
        yield f"P007 says {text!r} and nothing else"
    more = bool(literal - own_codes)
    if finding.facts["case_would_change"] != more:
        yield f"P007: case_would_change is not {more}"


def _unanchored(world: Judged, code: Code, own: Own) -> Iterator[str]:
    differing = (language(code.code, "RE", FULL) ^ language(code.code, "RE", SEARCH)) & ONE_LINE
    first, finding = shortest(differing), own.get("P008")
    if finding is None:
        # What no used code matches, and anchors that hold for one alternative only, are told instead.
        if first is not None and world.regular(code) and not {"P013", "P014"} & own.keys():
            yield f"P008 is missed: {first!r}"
        return
    used = finding.facts["used_code"]
    if not is_used_code(used) or matches(code.code, "RE", FULL, used) == matches(code.code, "RE", SEARCH, used):
        yield f"P008: full and search agree on {used!r}"
    if first is not None and len(first) < len(used) and world.regular(code):
        yield f"P008 says {used!r}, but {first!r} is shorter"
    if finding.facts["regex_match"] != code.settings.get("regex_match", "full"):
        yield "P008 says another regex_match"


def _anchors(_: Judged, code: Code, own: Own) -> Iterator[str]:
    """Some way to leave out the anchors must change nothing."""
    if "P009" not in own:
        return
    anchors = own["P009"].facts["anchors"]
    places = [found.span() for found in regex.finditer(r"\^|\$|\\A|\\Z", code.code)]
    for chosen in combinations(places, len(anchors)):
        text = code.code
        if [text[start:end] for start, end in chosen] != anchors:
            continue
        for start, end in reversed(chosen):
            text = text[:start] + text[end:]
        if _alike(code.code, text):
            return
    yield f"P009: without {anchors} it is another pattern"


def _alike(one: str, other: str) -> bool:
    try:
        oracle.compiled(other)
    except regex.error:
        return False
    return all((language(one, "RE", mode) ^ language(other, "RE", mode)) & ONE_LINE == 0 for mode in (FULL, SEARCH))


def _letter_case(_: Judged, code: Code, own: Own) -> Iterator[str]:
    if "P010" not in own:
        return
    matched, missed = own["P010"].facts["matched"], own["P010"].facts["missed"]
    if code.settings.get("literal_case") != "insensitive" or folded(matched) != folded(missed):
        yield f"P010 compares {matched!r} with {missed!r}"
    if not is_used_code(matched) or not code.matches(matched) or code.matches(missed):
        yield f"P010 says {matched!r}, but not {missed!r}"
