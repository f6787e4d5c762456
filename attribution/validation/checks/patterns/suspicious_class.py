"""P011: a character class with a likely slip, such as `[A-z]`.

A class is read as the list of its members: single characters, escapes, ranges. What is looked for is written by
people who take a class for a group (`[SUMMER]`, `[A|B]`), for numbers (`[10-25]`) or for what stands around it
(`[0-9+]`), or who slip in a range (`[A-z]`, `[0-9-Z]`). A hyphen between ranges and signs (`[A-Z0-9-_]`) is usual.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from attribution.patterns.tokens import Kind, tokens
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.patterns.pattern_reading import Readings, named


def find(subject: Subject) -> Iterator[Notice]:
    """Every class that likely says something else than was meant."""
    known = subject.shared(Readings)
    for index, slips in known.each(class_slips):
        for slip in slips:
            span = known.span(index, slip.start, slip.stop)
            yield Notice(
                message=f"{named(subject, index)} has a suspicious class: {slip.problem}",
                help=slip.help,
                promo_codes=(index,),
                span=span,
                facts={"text": known.codes[index][slice(*span)]},
            )


class Slip(NamedTuple):
    """What the class does that was likely not meant, the way out, and where: a part of the hoisted pattern."""

    problem: str
    help: str
    start: int
    stop: int


class _Member(NamedTuple):
    """A character, an escape or, with `last`, a range; and where it stands in the class."""

    first: str
    last: str
    start: int
    stop: int


_MEMBER = re.compile(r"(\[:\^?\w+:\]|\\[pP]\{[^}]*\}|\\.|[^\\])(?:-(\\.|[^\]\\]))?", re.DOTALL)
_NUMBERS = re.compile(r"[0-9]+-[0-9]+")
_SETS: Final = {r"\d": "0123456789"}
_WORD_LETTERS: Final = 5
_VOWELS: Final = frozenset("AEIOUaeiou")


def class_slips(text: str) -> tuple[Slip, ...]:
    """The first slip of each class of a hoisted pattern."""
    found = []
    for token in tokens(text):
        if token.kind is Kind.CLASS:
            members = _members(token.text)
            slip = next((slip for look in _LOOKS for slip in look(token.text, members)), None)
            if slip is not None:
                found.append(slip._replace(start=token.start + slip.start, stop=token.start + slip.stop))
    return tuple(found)


def _members(source: str) -> list[_Member]:
    position = 2 if source.startswith("[^") else 1
    members = []
    while position < len(source) - 1 and (found := _MEMBER.match(source, position)):
        is_range = found[2] is not None and found[1] not in {r"\d", r"\w", r"\s"}
        stop = found.end() if is_range else found.end(1)
        members.append(_Member(found[1], found[2] if is_range else "", position, stop))
        position = stop
    return members


def _across_cases(source: str, members: list[_Member]) -> Iterator[Slip]:
    """`[A-z]`."""
    for one in members:
        if one.last and one.first.isupper() and one.last.islower():
            between = "".join(chr(code) for code in range(ord("Z") + 1, ord("a")))
            yield Slip(
                f"the range {source[one.start : one.stop]} also holds the signs {between}",
                f"write {one.first}-Za-{one.last}", one.start, one.stop,
            )  # fmt: skip


def _numbers(source: str, _: list[_Member]) -> Iterator[Slip]:
    """`[10-25]`."""
    inner = source[1:-1]
    if _NUMBERS.fullmatch(inner) and any(len(number) > 1 for number in inner.split("-")):
        yield Slip(
            f"{source} is one digit, not a number from one to the other",
            "write the numbers as alternatives in round brackets: (10|15|20)", 0, len(source),
        )  # fmt: skip


def _bars(source: str, members: list[_Member]) -> Iterator[Slip]:
    """`[A-Z|a-z]`, `[A-Z,0-9]`."""
    for before, one, after in zip(members, members[1:], members[2:], strict=False):
        ranges = bool(before.last) and bool(after.last)
        words = one.first == "|" and before.first.isalnum() and after.first.isalnum()
        if one.first in {"|", ","} and not one.last and (ranges or words):
            sign = "bar" if one.first == "|" else "comma"
            yield Slip(
                f"the {sign} in {source} is a member of the class and separates nothing",
                f"leave the {sign} out, or use round brackets for alternatives", one.start, one.stop,
            )  # fmt: skip


def _hyphens(source: str, members: list[_Member]) -> Iterator[Slip]:
    """`[0-9-Z]`."""
    for before, one, after in zip(members, members[1:], members[2:], strict=False):
        if before.last and one.first == "-" and not one.last and after.first.isalnum() and not after.last:
            part = source[before.start : after.stop]
            yield Slip(
                f"{part} is {before.first} to {before.last}, a hyphen and {after.first}, no range to {after.first}",
                "name both ends of each range; write a hyphen last in the class", before.start, after.stop,
            )  # fmt: skip
        elif before.last and one.first == "-" and one.last.isalnum():
            yield Slip(
                f"{source[one.start : one.stop]} in {source} is a range that begins with the hyphen",
                "write a hyphen last in the class", one.start, one.stop,
            )  # fmt: skip


def _quantifiers(source: str, members: list[_Member]) -> Iterator[Slip]:
    """`[.*]`, `[0-9+]`."""
    if len(members) < 2 or source.startswith("[^"):
        return
    before, last = members[-2:]
    whole = before.last or (before.first == "." and len(members) == 2) or before.first in {r"\d", r"\w"}
    if last.first in {"*", "+"} and not last.last and whole:
        yield Slip(
            f"the {last.first} in {source} is a member of the class and repeats nothing",
            f"write it behind the class: {source[: last.start]}]{last.first}", last.start, last.stop,
        )  # fmt: skip


def _words(source: str, members: list[_Member]) -> Iterator[Slip]:
    """`[SUMMER]`: plain letters, some of them twice, or many and in no order."""
    letters = [one.first for one in members]
    if any(one.last or not one.first.isalpha() for one in members) or source.startswith("[^"):
        return
    repeated = len(set(letters)) < len(letters)
    mixed = bool(_VOWELS & set(letters)) and not set(letters) <= _VOWELS
    if len(letters) >= 3 and (repeated or (len(letters) >= _WORD_LETTERS and mixed and letters != sorted(letters))):
        yield Slip(
            f"{source} is one of these letters, not the word",
            f"write the word in round brackets: ({''.join(letters)})", 0, len(source),
        )  # fmt: skip


def _repeats(source: str, members: list[_Member]) -> Iterator[Slip]:
    """`[A-ZM]`: a member that an earlier one holds already."""
    held: set[str] = set()
    for one in members:
        new = _held(one)
        if new and new <= held:
            part = source[one.start : one.stop]
            yield Slip(
                f"{part} is in {source} already", "leave it out, or write what was meant in its place",
                one.start, one.stop,
            )  # fmt: skip
        held |= new


def _held(one: _Member) -> set[str]:
    """The characters of a member; none where that is not plain."""
    if one.last:
        plain = len(one.first) == len(one.last) == 1
        return set(map(chr, range(ord(one.first), ord(one.last) + 1))) if plain else set()
    return set(_SETS.get(one.first, one.first)) if len(one.first) == 1 or one.first in _SETS else set()


_LOOKS: Final[tuple[Callable[[str, list[_Member]], Iterator[Slip]], ...]] = (
    _across_cases, _numbers, _bars, _hyphens, _quantifiers, _words, _repeats,
)  # fmt: skip


CHECK: Final = Check(
    code="P011",
    slug="suspicious-class",
    severity=Severity.WARNING,
    summary="a character class with a likely slip, as in `[A-z]` or `[0-9-Z]`",
    why="""\
A class in square brackets is a single character, one of its members. `[A-z]` also holds the signs
between Z and a; `[0-9-Z]` is a digit, a hyphen or Z; a bar or comma in a class separates nothing;
`[10-25]` is one digit, `[SUMMER]` one letter; `[0-9+]` repeats nothing. A member that another one
holds already hints that something else was meant.
facts: text (the part that is meant)""",
    example=program('id: A1, code: "^SUMMER[A-z]+$", match_mode: RE, credit_rule: ALWAYS, partner_id: amy'),
    mend="Write the ranges that are meant; alternatives of more than one character go into round brackets.",
    mending={"A-z": "A-Za-z"},
    find=find,
)
