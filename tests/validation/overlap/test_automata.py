"""The automata below overlaps, each against `regex` or against another way to the same answer."""

from itertools import product

import numpy as np
import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from attribution.automata.alphabet import Alphabet, alphabet, beyond
from attribution.automata.automaton import Nfa, nfa
from attribution.automata.containment import contains
from attribution.automata.meeting import SideBySide
from attribution.automata.positions import Budget, Positions, SpentError, positions
from attribution.automata.shortest import Products
from attribution.automata.spelling import spelled
from attribution.patterns.edges import whole
from attribution.patterns.leaves import contains as holds
from attribution.patterns.pattern_text import written
from attribution.patterns.syntax import parse
from attribution.patterns.tree import Leaf, Literal, Node, has_opaque
from attribution.text import fold_ascii
from tests.draws import draws
from tests.patterns.small import TEXTS, patterns
from tests.validation.overlap.world import STRIPPED, UNIVERSE, readable

LEAVES = (
    Leaf("."), Leaf(".", "s"), Leaf("[A-Z]"), Leaf("[A-Z]", "i"), Leaf("[^A]"), Leaf("[^a]", "i"), Leaf(r"\w"),
    Leaf(r"\w", "a"), Leaf(r"\d"), Leaf(r"\S"), Leaf(r"\p{Lu}"), Leaf(r"\p{Greek}", "i"), Leaf("[[:alpha:]]"),
    Leaf("[éа-я]", "i"), Literal("k"), Literal("k", "i"), Literal("s", "i"),
    Literal("ß", "i"), Literal("é"), Literal("é", "i"), Literal("\U0001f600"),
)  # fmt: skip
CHARACTERS = (
    "\0\n\x1c AKSaks19-_~\x7f\x85\xa0ªéÉßẞİıſKΑαЯя٠０\u200b\ud7ff\ue000\ufeff\uffff\U00010000\U0001f600\U0010ffff"
)


@pytest.fixture(scope="module")
def full() -> Alphabet:
    return alphabet(LEAVES)


def class_of(char: str, known: Alphabet) -> int:
    """The class whose representative is in the same leaves."""
    mine = [holds(leaf, char) for leaf in LEAVES] + [char in STRIPPED]
    same = [
        place
        for place, other in enumerate(known.characters)
        if [holds(leaf, other) for leaf in LEAVES] + [other in STRIPPED] == mine
    ]
    assert len(same) == 1, (char, same)
    return same[0]


def test_each_character_has_one_class_of_those_that_no_leaf_tells_apart(full: Alphabet) -> None:
    for char in CHARACTERS:
        place = class_of(char, full)
        assert [bool(full.member[full.numbers[leaf], place]) for leaf in LEAVES] == [
            holds(leaf, char) for leaf in LEAVES
        ]
        assert full.inner[place] == (char not in STRIPPED)


def test_classes_are_ordered_by_how_readable_their_characters_are(full: Alphabet) -> None:
    assert sorted(full.characters, key=readable) == list(full.characters)
    assert full.characters[0] == "A"


@pytest.mark.parametrize("leaf", LEAVES, ids=repr)
def test_the_characters_of_a_leaf_beyond_ascii_are_those_that_regex_says(leaf: Leaf | Literal) -> None:
    carried = [chr(code) for code in (*range(128, 0xD800), *range(0xE000, 0x110000))]
    runs = beyond(leaf)
    assert all(start < stop for start, stop in runs)
    inside = np.zeros(len(carried) + 1, dtype=np.int64)
    for start, stop in runs:
        inside[start] += 1
        inside[stop] -= 1
    mine = np.cumsum(inside)[:-1]
    assert set(np.unique(mine).tolist()) <= {0, 1}
    edges = {place for run in runs for bound in run for place in (bound - 1, bound) if 0 <= place < len(carried)}
    for place in (*sorted(edges)[:400], *range(0, len(carried), 5003)):
        assert bool(mine[place]) == holds(leaf, carried[place]), repr(carried[place])


def test_a_surrogate_is_in_no_used_code() -> None:
    assert beyond(Literal("\ud800")) == ()
    assert beyond(Literal("\ue000")) == ((0xE000 - 128 - 2048, 0xE000 - 128 - 2047),)


def tree_of(pattern: str, *, search: bool = False) -> Node:
    return whole(parse(pattern), search=search)


def automata(trees: list[Node]) -> tuple[list[Nfa], list[Positions], Alphabet]:
    made = [nfa(tree) for tree in trees]
    known = alphabet(leaf for automaton in made for leaf in automaton.leaves)
    return made, [positions(automaton, known) for automaton in made], known


# `regex` goes astray where alternatives ignore case in places.
SOUND = patterns(odd=False).filter(lambda pattern: "|" not in pattern or "i:" not in pattern)
REGULAR = st.tuples(SOUND, st.booleans()).map(lambda two: tree_of(two[0], search=two[1]))
TREES = st.lists(REGULAR.filter(lambda tree: not has_opaque(tree)), min_size=1, max_size=6)


@draws(100)
@given(TREES)
def test_three_algorithms_agree_on_what_languages_have_in_common(trees: list[Node]) -> None:
    slow, known, letters = automata(trees)
    everything = range(len(trees))
    block = SideBySide(known, letters, Budget(10**9))
    products = Products(known, letters)
    pairs = list(product(everything, everything))
    shortest = products.strings([one for one, _ in pairs], [two for _, two in pairs])
    longer = products.strings([one for one, _ in pairs], [two for _, two in pairs], longer=2)
    met = [block.met_by(one).tolist() for one in known]
    for (one, two), text, more in zip(pairs, shortest, longer, strict=True):
        assert met[one][two] == (text is not None)
        assert text is None or (slow[one].accepts(text) and slow[two].accepts(text))
        assert more is None or (text is not None and len(more) == len(text) + 2)
        assert more is None or (slow[one].accepts(more) and slow[two].accepts(more))
        both = [used for used in UNIVERSE if len(used) < 4 and slow[one].accepts(used) and slow[two].accepts(used)]
        assert text is not None or not both
        assert not both or readable(text or "") <= readable(min(both, key=readable))
        wanted = [used for used in both if text and len(used) == len(text) + 2]
        assert not wanted or more is not None


@draws(100)
@given(TREES)
def test_containment_agrees_with_what_each_accepts(trees: list[Node]) -> None:
    slow, known, letters = automata(trees)
    accepted = [{text for text in UNIVERSE if one.accepts(text)} for one in slow]
    block = SideBySide(known, letters, Budget(10**9))
    for small, large in product(range(len(trees)), repeat=2):
        answer = contains(known[large], known[small], letters)
        if answer:
            assert accepted[small] <= accepted[large]
            assert block.met_by(known[small])[large] or not accepted[small]
        if small == large:
            assert answer is True


@pytest.mark.parametrize(
    ("larger", "smaller", "answer"),
    [
        pytest.param("(a|b)*", "(a*b*)*", True, id="all words"),
        pytest.param("(a|b)*b", "(a|b)*bb*", True, id="all that end alike"),
        pytest.param("(a|b)*bb", "(a|b)*b", False, id="not all"),
        pytest.param("a?b?c?", "a|b|c|ab|bc|ac|abc", True, id="all subsets"),
        pytest.param("(aa)*|(aaa)*", "a{6}|a{9}|a{4}", True, id="multiples"),
        pytest.param("(aa)*|(aaa)*", "a{5}", False, id="no multiple"),
    ],
)
def test_containment_of_languages_without_end(larger: str, smaller: str, answer: bool) -> None:
    _, (large, small), letters = automata([tree_of(larger), tree_of(smaller)])
    assert contains(large, small, letters) is answer


def test_containment_that_takes_too_many_subsets_is_given_up() -> None:
    _, (large, small), letters = automata([tree_of("[ab]*a[ab]{14}|[ab]*b[ab]{14}"), tree_of("[ab]{15,}")])
    with pytest.raises(SpentError):
        contains(large, small, letters)


def test_characters_are_taken_in_the_orders_that_are_given() -> None:
    _, known, letters = automata([tree_of("[A-Z0-9a]{5}"), tree_of("[A-Z]*|[0-9]*|[A-Z0-9]*a"), tree_of("[A-Z]+")])
    digits, upper = letters.characters.index("0"), letters.characters.index("A")
    rest = [place for place in range(len(letters.characters)) if place not in {digits, upper}]
    products = Products(known, letters)
    assert products.strings([0], [0]) == ["AAAAA"]
    assert products.strings([0], [0], orders=[[digits, upper, *rest]]) == ["00000"]
    assert products.strings([0], [0], orders=[[upper, digits, *rest], [digits, upper, *rest]]) == ["A0A0A"]
    assert products.strings([0], [1], orders=[[upper, digits, *rest], [digits, upper, *rest]]) == ["A0A0a"]
    assert products.strings([0, 2, 0], [2, 2, 2], longer=1) == [None, "AA", None]


def test_pairs_whose_product_is_too_large_are_left_out() -> None:
    _, known, letters = automata([tree_of("A{900}"), tree_of("(?:A?B?){70}"), tree_of("A")])
    products = Products(known, letters)
    left, right = np.array([0, 1, 2]), np.array([0, 1, 2])
    assert products.fit(left, right).tolist() == [True, False, True]
    assert products.strings([0, 1, 2], [0, 1, 2]) == ["A" * 900, None, "A"]


def test_a_spent_budget_is_said() -> None:
    _, known, letters = automata([tree_of("A+B"), tree_of(".*B")])
    with pytest.raises(SpentError):
        SideBySide(known, letters, Budget(1)).met_by(known[0])


@draws(100)
@given(REGULAR.filter(lambda tree: not has_opaque(tree)))
def test_what_is_written_matches_what_the_tree_denotes(tree: Node) -> None:
    accepts = nfa(tree).accepts
    exact = regex.compile(written(tree), regex.VERSION0, cache_pattern=False)
    folded = regex.compile(written(tree, folded=True), regex.VERSION0, cache_pattern=False)
    for text in TEXTS:
        assert (exact.fullmatch(text) is not None) == accepts(text), text
        if text == fold_ascii(text) and len(text) < 6:
            spellings = product(*({char, char.upper() if char.isascii() else char} for char in text))
            assert (folded.fullmatch(text) is not None) == any(accepts("".join(one)) for one in spellings), text


@pytest.mark.parametrize(
    ("pattern", "spellings", "text"),
    [
        pytest.param("(?:ab|BA)+", ("Aa", "Bb"), "ab", id="only one spelling"),
        pytest.param("..", ("Aa", "Bb"), "AB", id="the first of each"),
        pytest.param("a.|.b", ("Aa", "Bb"), "Ab", id="the first decides"),
        pytest.param("ab", ("A", "Bb"), None, id="none"),
        pytest.param("a*", ("a", "a", "a", "a"), "aaaa", id="a loop"),
        pytest.param("aaa", ("a", "a"), None, id="too short"),
        pytest.param("a", ("a", "a"), None, id="too long"),
    ],
)
def test_the_first_spelling_that_an_automaton_accepts(
    pattern: str, spellings: tuple[str, ...], text: str | None
) -> None:
    assert spelled(nfa(tree_of(pattern)), spellings) == text
