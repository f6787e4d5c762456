"""Characters that a pattern reads as operators where the character itself was likely meant, or a wildcard.

`SUMMER*` is any number of Rs in a regex; people who know file names mean "and anything more". In `20.OFF` the dot
is any character, in `BUY1+1` the plus repeats the 1.
"""

from attribution.patterns.tokens import Kind, Token, tokens

Span = tuple[int, int]


def star_as_wildcard(text: str) -> Span | None:
    """The star behind a plain letter or digit that itself follows one, or behind a sign at the end, if there is one.

    From the character that is repeated up to the star, in the hoisted pattern.
    """
    cut = solid(text)
    for before, repeated, star, after in zip(cut, cut[1:], cut[2:], (*cut[3:], None), strict=False):
        if star.kind is not Kind.QUANTIFIER or star.text not in {"*", "*?"} or not _is_word(before):
            continue
        at_end = after is None or after.kind in {Kind.CLOSE, Kind.ANCHOR}
        if repeated.kind is Kind.CHARACTER and (at_end or repeated.text.isalnum()):
            return repeated.start, star.stop
    return None


def sign_as_operator(text: str) -> Span | None:
    """The dot or plus between plain letters or digits, if there is one; a plus behind a single one may be meant."""
    cut = solid(text)
    for earlier, before, sign, after in zip((None, *cut), cut, cut[1:], cut[2:], strict=False):
        if not (_is_word(before) and _is_word(after)):
            continue
        plus = sign.kind is Kind.QUANTIFIER and sign.text == "+" and earlier is not None and _is_word(earlier)
        if plus or sign.kind is Kind.DOT:
            return sign.start, sign.stop
    return None


def solid(text: str) -> tuple[Token, ...]:
    """The tokens of a hoisted pattern that stand for something."""
    return tuple(token for token in tokens(text) if token.kind not in {Kind.FLAGS, Kind.IGNORED})


def _is_word(token: Token) -> bool:
    return token.kind is Kind.CHARACTER and (token.text.isalnum() or token.text == "_")
