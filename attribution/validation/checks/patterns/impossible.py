"""Why a pattern can match no used code at all, where that is certain.

Certain is: an anchor that something must stand before or after, white space at an end of a used code (it is
stripped), more characters than a used code has. What is opaque is taken for everything it may be.
"""

import re
from functools import partial
from typing import Final, NamedTuple

from attribution.automata.automaton import Nfa, TooLarge, nfa
from attribution.patterns.edges import whole
from attribution.patterns.syntax import parse
from attribution.patterns.tokens import Kind, tokens
from attribution.patterns.tree import (
    Alternation,
    Concat,
    End,
    Leaf,
    Literal,
    Node,
    Start,
    concat,
    lengths,
    without_anchors,
)
from attribution.terms import WHITE_SPACE

LONGEST: Final = 255
"""Characters that a used code has at most on the platform."""

_WHITE = re.compile(r"\\[sh]|\[(?:[ \t]|\\[shtnr])+\]")


class Impossible(NamedTuple):
    """The reason as a phrase, the way out, and the part of the hoisted pattern that is to blame; None for all of it."""

    reason: str
    help: str
    span: tuple[int, int] | None


def _impossible(text: str, *, search: bool) -> Impossible | None:
    """Why the hoisted pattern matches no used code; None where it may."""
    tree = _pruned(parse(text), 0, 0)
    if tree is None:
        return _misplaced_anchor(text)
    language = without_anchors(whole(tree, search=search))
    low = lengths(language)[0]
    if low > LONGEST:
        reason = f"its shortest text has {low:,} characters, a used code at most {LONGEST}"
        return Impossible(reason, "lower the counts of its repeats", None)
    try:
        automaton = nfa(language)
    except TooLarge:
        return None
    if _has_used_code(automaton):
        return None
    if lengths(language)[1] == 0:
        return Impossible("it matches the empty text only", "write the code that customers enter", None)
    reason = "it demands white space at an end of the used code, and used codes are stripped of it"
    return Impossible(reason, "remove the white space at its ends", None)


impossible_in_full = partial(_impossible, search=False)
impossible_in_search = partial(_impossible, search=True)


def _pruned(node: Node, before: int, after: int) -> Node | None:
    """The node without branches that cannot match, `before` and `after` being the least lengths around it."""
    match node:
        case Start():
            return None if before else node
        case End():
            return None if after else node
        case Concat(items):
            lows = [lengths(item)[0] for item in items]
            kept: list[Node] = []
            for at, item in enumerate(items):
                new = _pruned(item, before + sum(lows[:at]), after + sum(lows[at + 1 :]))
                if new is None:
                    return None
                kept.append(new)
            return concat(*kept)
        case Alternation(branches):
            alive = [new for branch in branches if (new := _pruned(branch, before, after)) is not None]
            return (Alternation(tuple(alive)) if len(alive) > 1 else alive[0]) if alive else None
        case _:
            return node


def _misplaced_anchor(text: str) -> Impossible:
    """The anchor without which the pattern could match."""
    for token in tokens(text):
        if token.kind is Kind.ANCHOR and _pruned(parse(text[: token.start] + text[token.stop :]), 0, 0) is not None:
            side, place = ("before", "start") if token.text in {"^", r"\A"} else ("after", "end")
            reason = f"{token.text!r} stands for the {place} of the used code, and something must come {side} it"
            plain = token.text if token.text in "^$" else token.text[1:]
            return Impossible(reason, f"write '\\{plain}' for the character itself", (token.start, token.stop))
    return Impossible("its anchors contradict each other", "leave one anchor at each end", None)


def _has_used_code(automaton: Nfa) -> bool:
    """Whether some text of the language begins and ends in something else than white space."""
    final = len(automaton.leaves)
    solid = sum(1 << at for at, leaf in enumerate(automaton.leaves) if not _is_white(leaf))
    seen = todo = automaton.starts & solid
    while todo:
        low = todo & -todo
        todo ^= low
        at = low.bit_length() - 1
        following = automaton.after[at]
        if low & solid and following >> final & 1:
            return True
        new = following & ~(1 << final) & ~seen
        seen |= new
        todo |= new
    return False


def _is_white(leaf: Leaf | Literal) -> bool:
    """Whether the leaf surely stands for white space only."""
    return leaf.char in WHITE_SPACE if isinstance(leaf, Literal) else bool(_WHITE.fullmatch(leaf.source))
