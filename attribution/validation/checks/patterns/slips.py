"""Characters that a pattern reads as operators where the character itself was likely meant, or a wildcard.

`SUMMER*` is any number of Rs in a regex; people who know file names mean "and whatever follows". In `20.OFF` the dot
is any character, in `BUY1+1` the plus repeats the 1.
"""

from collections.abc import Iterator

from attribution.patterns.tokens import Kind, Token, tokens

Span = tuple[int, int]


def star_as_wildcard(text: str) -> Span | None:
    """The star behind a plain letter or digit that itself follows one, or behind a sign at the end, if there is one.

    From the first of the two characters up to the star, in the hoisted pattern.
    """
    cut = _solid(text)
    for before, repeated, star, after in _windows(cut):
        if star.kind is not Kind.QUANTIFIER or star.text not in {"*", "*?"} or not _is_word(before):
            continue
        at_end = after is None or after.kind in {Kind.CLOSE, Kind.ANCHOR}
        if _is_word(repeated) or (at_end and repeated.kind is Kind.CHARACTER):
            return repeated.start, star.stop
    return None


def sign_as_operator(text: str) -> Span | None:
    """The dot or plus between plain letters or digits, if there is one."""
    for before, middle, sign, after in _windows(_solid(text)):
        if after is None or not _is_word(after):
            continue
        if sign.kind is Kind.DOT and _is_word(middle):
            return sign.start, sign.stop
        if sign.kind is Kind.QUANTIFIER and sign.text == "+" and _is_word(middle) and _is_word(before):
            return sign.start, sign.stop
    return None


def _solid(text: str) -> tuple[Token, ...]:
    """The tokens that count."""
    return tuple(token for token in tokens(text) if token.kind not in {Kind.FLAGS, Kind.IGNORED})


def _windows(cut: tuple[Token, ...]) -> Iterator[tuple[Token, Token, Token, Token | None]]:
    """Three tokens in sequence and the one after them, if any."""
    for at in range(len(cut) - 2):
        yield cut[at], cut[at + 1], cut[at + 2], cut[at + 3] if at + 3 < len(cut) else None


def _is_word(token: Token) -> bool:
    """Whether the token is a letter or digit, or a sign that stands for a word."""
    return token.kind is Kind.CHARACTER and token.text.isalnum()
