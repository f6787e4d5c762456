r"""Where the characters of a value stand in the text that spells it: `"SAVE\\d"` is six characters, written as nine.

Forms that differ by more than quotes and escapes (folded lines of YAML, anchors) are not followed.
"""

import re
from itertools import accumulate
from typing import Final

from attribution.validation.places.span import Span

_ESCAPES: Final = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # one character of JSON beyond U+FFFF
    r"|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\.|.",
    re.DOTALL,
)
_DOUBLED: Final = {'"': re.compile(r'""|.', re.DOTALL), "'": re.compile(r"''|.", re.DOTALL)}


def written_span(raw: str, value: str, span: tuple[int, int], *, csv: bool = False) -> Span | None:
    """The part of `raw`, one line that spells `value`, that spells these characters of it; None if that is unsure."""
    first, last = span
    if not 0 <= first <= last <= len(value):
        return None
    quote = raw[:1] if raw[:1] in _DOUBLED and len(raw) > 1 and raw[-1] == raw[0] else ""
    inside = raw[1:-1] if quote else raw
    form = _ESCAPES if quote == '"' and not csv else _DOUBLED.get(quote)
    pieces = list(inside) if form is None else form.findall(inside)
    # One piece for each character: one that is not an escape equals its character.
    spells = len(pieces) == len(value) and all(
        len(piece) > 1 or piece == char for piece, char in zip(pieces, value, strict=True)
    )
    if "\n" in raw or "\r" in raw or not spells:
        return None
    starts = list(accumulate(map(len, pieces), initial=len(quote)))
    return Span(starts[first], starts[last])
