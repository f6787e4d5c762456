"""What is left to backtracking: judged by watching the matcher itself ask `regex`."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from attribution.matching import Matcher
from attribution.matching.decider import Decider
from attribution.matching.language import PatternText
from attribution.validation.checks.patterns import runs_under_timeout
from attribution.validation.checks.patterns.impossible import impossible_in_full, impossible_in_search
from attribution.validation.checks.patterns.pattern_reading import Decided, Planned
from attribution.validation.checks.patterns.runs_under_timeout import irregular
from tests.draws import draws
from tests.patterns.fragments import ASSEMBLED
from tests.validation.patterns.programs import FULL, SEARCH, fires, notices, pointed_at

CHECK = runs_under_timeout.CHECK


class Watch:
    """Counts how often `regex` is asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked = 0
        real = Decider.matches

        def matches(decider: Decider, index: int, used_code: str) -> bool:
            self.asked += 1
            return real(decider, index, used_code)

        monkeypatch.setattr(Decider, "matches", matches)


def asked(pattern: str, texts: tuple[str, ...], mode: str) -> int:
    """How often the matcher asks `regex` for these used codes."""
    with pytest.MonkeyPatch.context() as patch:
        watch = Watch(patch)
        matcher = Matcher([PatternText(pattern, search=mode == "search")])
        for text in texts:
            matcher.match_one(text)
        return watch.asked


@draws(400)
@given(ASSEMBLED, st.sampled_from(["full", "search"]))
def test_what_is_not_reported_is_never_asked_of_regex(drawn: tuple[str, tuple[str, ...]], mode: str) -> None:
    pattern, texts = drawn
    planned = Planned([(0, pattern)], search=mode == "search")
    if planned.decided(0) is Decided.AUTOMATON:
        ascii_texts = tuple(text for text in texts if text.isascii() and text)
        assert asked(pattern, ascii_texts, mode) == 0


@draws(400)
@given(ASSEMBLED)
@example(("A{2A{2", ()))
@example((r"\A41\A\Z4", ()))
def test_whatever_is_irregular_has_a_name_and_a_place(drawn: tuple[str, tuple[str, ...]]) -> None:
    pattern, _ = drawn
    if Planned([(0, pattern)], search=False).decided(0) is not Decided.OPAQUE:
        return
    found = irregular(pattern)
    assert found is not None
    assert found.name
    assert 0 <= found.start < found.stop <= len(pattern)
    possible = not impossible_in_full(pattern) and not impossible_in_search(pattern)
    assert fires(CHECK, pattern) or not possible


@pytest.mark.parametrize(
    ("pattern", "name", "part"),
    [
        ("^(?!TEST)SUM.+", "negative look-ahead", "(?!TEST)"), ("SUM(?=MER).+", "look-ahead", "(?=MER)"),
        ("(?<=A)SUM", "look-behind", "(?<=A)"), ("(?<!A)SUM", "negative look-behind", "(?<!A)"),
        (r"(\w)-\1X", "back-reference", r"\1"), (r"(?P<a>\w)-(?P=a)", "back-reference", "(?P=a)"),
        ("(?>A|AB)C", "atomic group", "(?>A|AB)"), ("SUM[A-Z]++10", "possessive repeat", "++"),
        (r"^(?i)\bSUM\b", "word boundary", r"\b"), ("(?:SUMMER){e<=1}", "fuzzy match", "{e<=1}"),
        ("(A)?(?(1)B|C)X", "conditional group", "(?(1)B|C)"), (r"(SUM)-(?1)", "call of a group", "(?1)"),
        (r"(A)(B)(C)(D)(E)(F)(G)(H)(I)(J)\109", "back-reference", r"\10"),
        (r"\101X", "octal escape", r"\101"), (r"\N{DIGIT ONE}X", "named escape", r"\N{DIGIT ONE}"),
        ("(A$|B)C", "inner anchor", "$"), ("A{2", "character", "{"),
        ("(?a:AB)", "group with flags of its own", "(?a:AB)"),
        (r"\XA", "escape", r"\X"), ("(*FAIL)|A", "verb", "(*FAIL)"),
    ],
)  # fmt: skip
def test_the_part_to_blame_is_named_and_pointed_at(pattern: str, name: str, part: str) -> None:
    (notice,) = notices(CHECK, pattern)
    assert notice.facts["construct"] == name
    assert pointed_at(CHECK, pattern) == part == notice.facts["text"]
    assert f"'{part}'" in notice.message


@pytest.mark.parametrize(
    "pattern",
    ["^(SUMMER).*", r"\d{4}", "(?i:sum)MER", "(?P<a>A)B", "(?#x)A", "A|B", r"\p{Lu}+", "(?:A|AB)*B", ".*A.{5}"],
)  # fmt: skip
def test_what_an_automaton_decides_is_silent(pattern: str) -> None:
    assert not fires(CHECK, pattern, **FULL)
    assert not fires(CHECK, pattern, **SEARCH)


def test_an_automaton_that_is_too_large_is_said_to_be() -> None:
    (notice,) = notices(CHECK, ".*A.{30}")
    assert notice.facts["construct"] == "too large an automaton"
    assert notice.span is None
    assert asked(".*A.{30}", ("A" * 31,), "full") == 1


def test_a_pattern_that_matches_nothing_is_not_called_slow_too() -> None:
    assert not fires(CHECK, "SAVE$10")


def test_a_setting_can_make_a_pattern_regular() -> None:
    # In a whole match the ^ of the group says nothing where only the empty text may stand before it.
    assert fires(CHECK, "(A$|B)C", **FULL)
    assert not fires(CHECK, "(^A|B)C", **FULL)
