"""Reading a pattern by its shape is a short-cut: it gives the plan that reading it in full gives."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from attribution import patterns as dialect
from attribution.errors import PatternError
from attribution.matching.index import plan
from attribution.matching.index.plan import Plan
from attribution.matching.language import PatternText
from attribution.patterns.dialect import hoist
from attribution.patterns.shapes import Shape
from attribution.patterns.syntax import parse as truly_parse
from attribution.patterns.tree import Node
from tests.draws import draws
from tests.matching.judge import SEARCH, Choice, column_matches, matcher, single_matches, true_matches
from tests.patterns.fragments import ASSEMBLED, words

KINDS = ["^({}).*", r"^{}\d{{2,4}}$", ".*{}$", "^{}-[A-Z0-9]{{6}}$", "^[A-Z]{{2,5}}{}[0-9]+$", ".*{}.*"]
OTHERS = [
    "(?i){}", "^(?i)({}).*", "(?i:{})-{}", "[Ss]{}", "(?:US|UK)-{}", "({}|{})-X", "(?:{})+", "(?:{}){{2}}", "{}A?{}",
    r"\p{{Lu}}{}", r"(?P<n>\d)-{}", "{}(?!X)", r"\b{}\b", "(A|B){}(C|)", "SUMMER.{}", "{}?", "(?i)({}|{}).*",
    "(?>{}|X)",
]  # fmt: skip
WORDS = st.sampled_from(["AB", "SAVE", "SAVE10", "2024", "summer_24", "SUMMERWINTER", "A1", "01"])
SHAPED = st.tuples(st.sampled_from(KINDS + OTHERS), WORDS, WORDS).map(lambda drawn: drawn[0].format(*drawn[1:]))
Contents = tuple[list[tuple[int, str, bool, Node, Node, bool]], list[tuple[int, Node]], list[tuple[int, Node]]]


def contents(made: Plan) -> Contents:
    """All that a plan says, with trees for their numbers."""
    trees = made.languages.trees
    entries = [(*entry[:3], trees[entry.head], trees[entry.tail], entry.exact) for entry in made.entries]
    scanned, opaque = ([(index, trees[number]) for index, number in kind] for kind in (made.scanned, made.opaque))
    return entries, scanned, opaque


def planned(patterns: list[str], *, search: bool) -> Plan:
    return Plan({at: PatternText(text, search) for at, text in enumerate(patterns)})


def read_in_full(patterns: list[str], *, search: bool) -> Contents:
    """The plan without any short-cut."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "longest_run", lambda pattern: Shape(pattern, ()))
        made = planned(patterns, search=search)
    assert not made._frames
    return contents(made)


@draws(300)
@given(st.lists(st.one_of(SHAPED, ASSEMBLED.map(lambda drawn: drawn[0])), min_size=1, max_size=8), st.booleans())
@example([r"\101"], False)
@example([r"(A)(B)(C)(D)(E)(F)(G)(H)(I)(J)\10AB", r"\123AVE"], True)
@example(["(?i)2024", "[Ss]2024", "(?i:2024)AB", "^SUMMER.*2024567", "ABCD.(?:US|UK)-X"], False)
def test_the_short_cut_gives_the_plan_of_the_whole_pattern(patterns: list[str], search: bool) -> None:
    assert contents(planned(patterns, search=search)) == read_in_full(patterns, search=search)


@draws(150)
@given(st.lists(ASSEMBLED, min_size=1, max_size=8), st.sampled_from([Choice(), SEARCH]))
@example([(r"\101", ("A",)), (r"\123AVE", ("SAVE",)), (r"SAVE\060", ("SAVE0",))], Choice())
@example([(r"(A)(B)(C)(D)(E)(F)(G)(H)(I)(J)\10AB", ("ABCDEFGHIJJAB", "ABCDEFGHIJA0AB"))], SEARCH)
def test_what_changes_the_meaning_of_its_neighbour_matches_what_regex_matches(
    drawn: list[tuple[str, tuple[str, ...]]], choice: Choice
) -> None:
    patterns = [hoist(pattern).text for pattern, _ in drawn]
    texts = sorted({text for _, near in drawn for text in near} - {""})
    true = true_matches(patterns, texts, choice)
    made = matcher(patterns, choice=choice)
    assert column_matches(made, texts) == true
    assert single_matches(made, texts) == true


@pytest.mark.parametrize("search", [False, True], ids=["full", "search"])
def test_many_patterns_of_a_few_kinds_are_read_by_their_shapes(search: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def parse(text: str) -> Node:
        read.append(text)
        return truly_parse(text)

    monkeypatch.setattr(plan, "parse", parse)
    patterns = [kind.format(word) for kind in KINDS for word in words(300)]
    made = planned(patterns, search=search)
    assert len(made.entries) == len(patterns)
    assert len(read) < len(patterns) / 10


def test_a_reference_to_a_group_that_is_not_there_is_refused_whatever_was_read_before() -> None:
    dialect.check(r"(A)\1WORD")
    with pytest.raises(PatternError):
        dialect.check(r"(A)\12")
