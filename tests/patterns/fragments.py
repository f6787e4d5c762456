"""Patterns put together from fragments next to which a plain character may change its meaning.

Each fragment comes with texts that it matches, so that texts near a match of the whole are known.
"""

from itertools import product
from random import Random

from hypothesis import strategies as st

from attribution.errors import PatternError
from attribution.patterns import compile

Fragment = tuple[str, tuple[str, ...]]

PLAIN: list[Fragment] = [
    (text, (text,))
    for text in ("01", "0AB", "AB", "AVE", "SAVE", "SUMMER24", "2024", "9", "7", "x", "_1", "41", "-", " ")
]
ESCAPES: list[Fragment] = [
    (r"\101", ("A",)), (r"\123", ("S",)), (r"\060", ("0",)), (r"\06", ("\x06",)), (r"\07", ("\x07",)), (r"\0", ("\0",)),
    (r"\x41", ("A",)), (r"\u0041", ("A",)), (r"\U00000041", ("A",)), (r"\N{LATIN CAPITAL LETTER A}", ("A",)),
    (r"\p{Lu}", ("A",)), (r"\pL", ("A", "S")), (r"\P{L}", ("0",)), (r"\p{IsAlpha}", ("A",)), (r"\d", ("0", "1")),
    (r"\w+", ("A", "01")), (r"\D", ("A",)), (r"\h", (" ",)), (r"\.", (".",)), (r"\-", ("-",)), (r"\\", ("\\",)),
    (r"\n", ("\n",)), (r"\a", ("\a",)), (r"\b", ("",)), (r"\B", ("",)), (r"\Z", ("",)), (r"\A", ("",)),
    (r"\R", ("\n",)),
    (r"\X", ("A",)), (r"\_", ("_",)), (r"\{2}", ("{2}",)), (r"\(?", ("(", "")),
]  # fmt: skip
GROUPS: list[Fragment] = [
    ("(AB)", ("AB",)), ("(?:AB)", ("AB",)), ("(?i:AB)", ("AB", "aB")), ("(?-i:AB)", ("AB",)), ("(?s:.)", ("A",)),
    ("(?P<n01>SA)", ("SA",)), ("(?<n02>SA)", ("SA",)), ("(?P<n01>SA)(?P=n01)", ("SASA",)),
    (r"(?P<n03>SA)\g<n03>", ("SASA",)),
    ("(?P<n04>SA)(?P>n04)", ("SASA",)), ("(?#01)", ("",)), (r"(?#a\)01)", ("", "01)")), ("(?#(AB)", ("",)),
    ("(?x: A 01 )", ("A01",)),
    ("(A|01)", ("A", "01")), ("(?|A|01)", ("A", "01")), ("(?=S)", ("",)), ("(?!S)", ("",)), ("(?<=A)", ("",)),
    ("(?<!A)", ("",)), ("(?>A|AB)", ("A",)), ("(?(DEFINE)(?P<n05>A))", ("",)), ("(?:SAVE){e<=1}", ("SAVE", "SAXE")),
    ("(?:AB){i<=1}", ("AB", "AXB")), ("(?a:\\w)", ("A",)), ("(?:AB|CD)?", ("", "CD")), ("(?:)", ("",)),
]  # fmt: skip
CLASSES: list[Fragment] = [
    ("[A-C0-9]", ("A", "0")), (r"[\101B]", ("A", "B")), ("[]A]", ("]", "A")), ("[^]A]", ("B",)),
    ("[[:alpha:]]", ("A",)),
    (r"[\]01]", ("]", "0")), (r"[\dA]", ("0",)), (r"[\x41-\x43]", ("B",)), (r"[\N{DIGIT ONE}A]", ("1", "A")),
    ("[Ss]", ("S", "s")), ("[Aa]", ("a",)), ("[.]", (".",)), ("[-A]", ("-",)), (r"[\p{Lu}0]", ("A",)),
    ("[(?#]", ("(",)),
    (r"[\\]", ("\\",)), ("[^01]", ("A",)), ("[{2}]", ("{",)), ("[01]{2}", ("01",)), ("[&&A||B]", ("A", "|")),
]  # fmt: skip
REPEATS: list[Fragment] = [
    ("A{2}", ("AA",)), ("A{2,3}", ("AA", "AAA")), ("A{,2}", ("", "AA")), ("A{2,}", ("AAA",)), ("A{2}+", ("AA",)),
    ("1{0}", ("",)),
    ("A{2", ("A{2",)), ("A{AB}", ("A{AB}",)), ("A{2,3,4}", ("A{2,3,4}",)), ("{2}", ("{2}",)), ("}", ("}",)),
    ("]", ("]",)),
    ("(?:AB){2}", ("ABAB",)), ("(?:SAVE)+", ("SAVE", "SAVESAVE")), ("A+", ("A", "AA")), ("A*?", ("", "A")),
    ("01?", ("0", "01")),
    (".", ("A",)), (".*", ("", "-AB")), ("^", ("",)), ("$", ("",)), ("|", ("",)), ("#", ("#",)),
    ("\ue000", ("\ue000",)),
]  # fmt: skip
REFERENCES: dict[int, list[Fragment]] = {
    0: [],
    1: [(r"\1", ("A",)), (r"\g<1>", ("A",)), ("(?1)", ("A",)), ("(?(1)01|B)", ("01", "B")), (r"\1{2}", ("AA",))],
    10: [(r"\10", ("J",)), (r"\1", ("A",)), (r"\9", ("I",)), (r"\g<10>", ("J",)), ("(?(10)01|B)", ("01",))],
}
FRONTS = ("", "", "", "(?i)", "(?s)", "(?is)", "(?x)", "(?m)", "(?a)")


def _texts(parts: list[Fragment], opening: str) -> tuple[str, ...]:
    """Texts that are, or nearly are, matched by the fragments one after the other."""
    choices = [texts for _, texts in parts]
    some = list(product(*choices))[:6]
    texts = [opening + "".join(chosen) for chosen in some]
    first = some[0]
    texts += [opening + "".join(first[:at] + first[at + 1 :]) for at in range(len(first))]
    literally = opening + "".join(source for source, _ in parts)
    texts += [literally, literally.replace("\\", ""), texts[0] + "0", "X" + texts[0], texts[0].swapcase()]
    return tuple(dict.fromkeys(texts))


def _is_valid(pattern: str) -> bool:
    try:
        compile(pattern)
    except PatternError:
        return False
    return True


@st.composite
def _assembled(draw: st.DrawFn) -> tuple[str, tuple[str, ...]]:
    count = draw(st.sampled_from((0, 0, 0, 1, 10)))
    special = st.sampled_from([*ESCAPES, *GROUPS, *CLASSES, *REPEATS, *REFERENCES[count] * 8])
    parts = draw(st.lists(st.one_of(st.sampled_from(PLAIN), special), min_size=1, max_size=5))
    letters = "ABCDEFGHIJ"[:count]
    groups = "".join(f"({letter})" for letter in letters)
    pattern = draw(st.sampled_from(FRONTS)) + groups + "".join(source for source, _ in parts)
    return pattern, _texts(parts, letters)


ASSEMBLED = _assembled().filter(lambda drawn: _is_valid(drawn[0]))
"""A valid pattern, its flags in front, and texts that are at or near a match."""


def words(count: int) -> list[str]:
    """Distinct words of letters and digits, always the same."""
    draw = Random(1)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return ["".join(draw.choices(letters, k=draw.randint(4, 12))) + str(at) * (at % 2) for at in range(count)]
