"""Alternatives at the top of a pattern, and the anchors that hold for some of them only."""

from typing import NamedTuple

from attribution.patterns.tokens import Kind, Token, tokens

_SKIPPED = frozenset({Kind.FLAGS, Kind.IGNORED})


class Loose(NamedTuple):
    """An alternation whose anchors do not hold for all of it: its first bar, and which anchors are at fault."""

    start: int
    stop: int
    anchors: tuple[str, ...]


def loose_alternation(text: str) -> Loose | None:
    """The alternation at the top of a hoisted pattern, if one alternative is anchored where another is not."""
    branches: list[list[Token]] = [[]]
    bars: list[Token] = []
    depth = 0
    for token in tokens(text):
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if token.kind is Kind.BAR and not depth:
            bars.append(token)
            branches.append([])
        elif token.kind not in _SKIPPED:
            branches[-1].append(token)
    if not bars:
        return None
    starts = [bool(branch) and branch[0].text in {"^", r"\A"} for branch in branches]
    ends = [bool(branch) and branch[-1].text in {"$", r"\Z", r"\z"} for branch in branches]
    loose = tuple(anchor for anchor, held in (("^", starts), ("$", ends)) if any(held) and not all(held))
    return Loose(bars[0].start, bars[0].stop, loose) if loose else None
