"""For which part of a pattern no automaton is made, so that the pattern is left to backtracking."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from attribution.patterns.edges import whole
from attribution.patterns.syntax import parse
from attribution.patterns.tokens import Kind, Token, closing, tokens
from attribution.patterns.tree import has_opaque

_GROUPS: Final = {
    "(?=": "look-ahead",
    "(?!": "negative look-ahead",
    "(?<=": "look-behind",
    "(?<!": "negative look-behind",
    "(?>": "atomic group",
}
_KINDS: Final = {
    Kind.REFERENCE: "back-reference",
    Kind.CALL: "call of a group",
    Kind.VERB: "verb",
    Kind.FUZZY: "fuzzy match",
}
_OTHERS: Final = {Kind.ANCHOR: "inner anchor", Kind.CHARACTER: "character", Kind.CLASS: "class", Kind.ESCAPE: "escape"}
_BOUNDARIES: Final = frozenset([r"\b", r"\B", r"\m", r"\M"])
_PLAIN_SCOPE: Final = frozenset("(?ims-:")
_PLAIN_FLAGS: Final = frozenset("(?ims)au0V")


class Construct(NamedTuple):
    """What it is called, and where it stands in the hoisted pattern."""

    name: str
    start: int
    stop: int


def irregular(text: str) -> Construct | None:
    """The first part of a hoisted pattern that keeps it from being decided by an automaton."""
    cut = tokens(text)
    return next(_named(cut), None) or next(_by_removal(cut), None)


def _named(cut: tuple[Token, ...]) -> Iterator[Construct]:
    """Parts that can be told by what they are."""
    for at, token in enumerate(cut):
        name = _name(token)
        if name:
            last = cut[closing(cut, at)] if token.kind is Kind.OPEN else token
            yield Construct(name, token.start, last.stop)


def _name(token: Token) -> str | None:  # noqa: PLR0911 - one for each kind of token
    """What the token is called if it is never regular, or is never read as such."""
    text = token.text
    if token.kind in _KINDS:
        return _KINDS[token.kind]
    if token.kind is Kind.OPEN:
        if text in _GROUPS:
            return _GROUPS[text]
        if text.startswith("(?("):
            return "conditional group"
        return "group with flags of its own" if text.endswith(":") and not set(text) <= _PLAIN_SCOPE else None
    if token.kind is Kind.QUANTIFIER:
        return "possessive repeat" if len(text) > 1 and text.endswith("+") else None
    if token.kind is Kind.FLAGS:
        return None if set(text) <= _PLAIN_FLAGS else "flag"
    if token.kind is Kind.ESCAPE:
        return _escape(text)
    return None


def _escape(text: str) -> str | None:
    """What an escape is called that no automaton is made for."""
    if text in _BOUNDARIES:
        return "word boundary"
    if text in {r"\R", r"\X", r"\K", r"\G"}:
        return "escape"
    if text.startswith((r"\N", r"\L")):
        return "named escape"
    return "octal escape" if text[1:2].isdigit() else None


def _by_removal(cut: tuple[Token, ...]) -> Iterator[Construct]:
    """Parts without which the rest could be decided: an anchor in the middle, a brace that is read as itself, a class
    among alternatives that mix letter case.

    One alone where that does, else the last of the first few.
    """
    suspects = [at for at, token in enumerate(cut) if token.kind in _OTHERS and not token.text.isalnum()]
    ways = [(at,) for at in suspects] + [tuple(suspects[: many + 1]) for many in range(len(suspects))]
    for removed in ways:
        rest = "".join(_replacement(token) if at in removed else token.text for at, token in enumerate(cut))
        if not has_opaque(whole(parse(rest), search=False)):
            last = cut[removed[-1]]
            yield Construct(_OTHERS[last.kind], last.start, last.stop)


def _replacement(token: Token) -> str:
    """What stands for a part that is taken away."""
    return "" if token.kind is Kind.ANCHOR else "A"
