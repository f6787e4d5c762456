"""Small patterns over a tiny alphabet, to be judged by `regex`."""

from itertools import product

import regex
from hypothesis import strategies as st

ATOMS = (
    "a", "b", "A", "1", ".", "[ab]", "[^a]", "[aA]", r"\d", r"\w", r"\.", "[.]", "ab", "bab", "(a|b)", "(ab|b)",
    "(|a)", "(ab)", "(?:ba)", "(?P<n>a)", "(?i:a)", "(?i:ab)", "(?-i:ab)", "(?s:.)", r"[^\W\d]", r"\x61", "é", "(?#c)",
    "\u017f", "(?i:é)",
)  # fmt: skip
QUANTIFIERS = ("*", "+", "?", "{2}", "{1,2}", "{,1}", "{1,}", "{0}", "*?", "+?", "??", "{1,2}?")
ANCHORS = ("^", "$", r"\A", r"\Z", r"\z")
ODDITIES = (
    r"\b", r"\B", "(?=a)", "(?!b)", "(?<=a)", "(?<!a)", "(?>a|ab)", "a*+", "(a|ab)++", r"(a)\1", "(?P<m>b)(?P=m)",
    r"\X", r"\R", r"(?a:\w)", r"(?u:\w)", "(?|a|b)", "(?m:^)", "(?m:$)", r"\p{L}", r"\pN", r"[[:alpha:]]",
    r"\N{DIGIT ONE}", r"\061", "(?w:.)", "(?x: a b )",
    "(ab){e<=1}", "(?(DEFINE)(?P<q>a))", "(?f:ab)", r"\K", "(*FAIL)", "}", "]", "{",
)  # fmt: skip

_LONG = ["".join(text) for size in range(5) for text in product("ab", repeat=size)]
_WIDE = ["".join(text) for size in range(4) for text in product("abA1", repeat=size)]
TEXTS = (
    *dict.fromkeys(_LONG + _WIDE), "\n", "a\n", "\na", "ab\n", "a\nb", "a\n\n", "é", "É", "aé", "éab", "abé", "\u212a",
    "ab\u017f", "\u017fab", "sab", "Éab", "abÉ", ".", "a.b", "babab", "ababab", "aabbab", "bababa1", "ab1ab",
)  # fmt: skip


def compiled(pattern: str) -> "regex.Pattern[str]":
    """The pattern as the specification means it; its flags must stand in front already."""
    return regex.compile(pattern, regex.VERSION0, cache_pattern=False)


def is_valid(pattern: str) -> bool:
    """Whether `regex` accepts the pattern."""
    try:
        compiled(pattern)
    except (regex.error, ValueError):
        return False
    return True


def patterns(*, odd: bool) -> st.SearchStrategy[str]:
    """Valid patterns of a few atoms, with `odd` also of what an automaton cannot express."""
    atom = st.sampled_from(ATOMS + ANCHORS + (ODDITIES if odd else ()))

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            st.lists(inner, min_size=2, max_size=4).map("".join),
            st.tuples(inner, inner).map("|".join),
            st.tuples(inner, inner).map(lambda two: f"({two[0]}|{two[1]})"),
            st.tuples(inner, st.sampled_from(QUANTIFIERS)).map(lambda two: f"(?:{two[0]}){two[1]}"),
            st.tuples(st.sampled_from(ATOMS), st.sampled_from(QUANTIFIERS)).map("".join),
        )

    body = st.recursive(atom, larger, max_leaves=6)
    front = st.sampled_from(("", "", "", "(?i)", "(?s)", "(?is)", "(?m)", "(?a)", "(?ai)"))
    return st.tuples(front, body).map("".join).filter(is_valid)
