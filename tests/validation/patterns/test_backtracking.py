"""Slow used codes: that they are slow, timed in a process of their own, and that nothing else is called slow."""

import subprocess
import sys
from math import ceil, log

import pytest

from attribution.patterns.dialect import hoist
from attribution.validation.backtracking import Growth, slow_used_code
from attribution.validation.backtracking.position_ways import ways_through
from attribution.validation.backtracking.skeleton import skeleton
from attribution.validation.checks.patterns import exponential_backtracking, hunting, polynomial_backtracking
from attribution.validation.checks.patterns.hunting import Hunt, renaming, reworded
from attribution.validation.checks.patterns.runs_under_timeout import CHECK as TIMEOUT
from attribution.validation.finding import Severity
from tests.validation.patterns.programs import fires, notices, subject

EXPONENTIAL, POLYNOMIAL = exponential_backtracking.CHECK, polynomial_backtracking.CHECK
STOPWATCH = """
import sys, time, regex
pattern, code, search = sys.argv[1], sys.argv[2], sys.argv[3] == "search"
compiled = regex.compile(pattern, regex.VERSION0)
decide = compiled.search if search else compiled.fullmatch
best = 1e9
for _ in range(3):
    start = time.process_time()
    try:
        decide(code, timeout=1)
    except TimeoutError:
        best = 1
        break
    best = min(best, time.process_time() - start)
print(best)
"""
EXPLOSIVE = (
    "(?!X)(a|a)*", "(?!X)(?:A|AB|B)*", "(?!X)(?:A|AB|BA|B)*C", "(?!X)(?:A{1,10}){1,10}X", "(?!X)(?:AA?){1,50}",
    "(?!X)(?:[A-Z]{2}|[A-Z]{3})+", "(?=(?:A|A)*B).*", "(?!(?:A|A)*B).*", "(?>(?:A|A)*B)", r"(?:(\w+)\1)+",
    "(?!X)(?:SUMMER|SUM|MER)+X", r"^(?=.*\d)(?:[A-Z]|[A-Z0-9])+$", "^(?i)(?!TEST)sum([a-z]|[a-z]-?)+$",
    "(?!X)((A|B)|[AB])+C", "(?:A(?=.)|A)+", r"(?!X)(?:[A-Z]|[A-Z]\d?)*",
)  # fmt: skip
LABORIOUS = (r"(\w*)(\w*)(\w*)(\w*)-\1", r"(\w*)(\w*)(\w*)(\w*)\1", r"(\w+)(\w+)(\w+)(\w+)\1\2X")
HARMLESS = (
    "^SUMMER(?!TEST)[A-Z]+$", r"\bSUMMER\b", r"^(\w+)-\1$", "(?!X)(a+)+", "(?!X)(a*)*", "(?:A|A)*+B", "(?>A+)B",
    r"^(?=.*\d)[A-Z0-9]+$", "(?!X)(SUMMER|WINTER)+", ".*A.{30}", r"(?!X)(?:\w|\d)+-", r"(\w+)\1\1X",
    "(?<!A)B", "(?:ĀB|Ā)+(?!X)", "(?!X)[A-Z]+-[A-Z]+",
)  # fmt: skip


def seconds(pattern: str, code: str, mode: str) -> float:
    """The time that `regex` takes for a used code, in a process of its own."""
    program = [sys.executable, "-c", STOPWATCH, hoist(pattern).text, code, mode]
    done = subprocess.run(program, capture_output=True, text=True, check=True, timeout=100)
    return float(done.stdout)


def trial_of(pattern: str, mode: str = "full") -> object:
    return slow_used_code(pattern, hoist(pattern).text, search=mode == "search", limit=1.0, budget=2.0).slow


@pytest.mark.parametrize("pattern", EXPLOSIVE)
def test_an_exponential_attack_is_slow_and_more_so_with_each_pump(pattern: str) -> None:
    slow = slow_used_code(pattern, hoist(pattern).text, search=False, limit=1.0, budget=2.0).slow
    assert slow is not None
    assert slow.growth is Growth.EXPONENTIAL
    attack, control = seconds(pattern, slow.used_code, "full"), seconds(pattern, "~" * len(slow.used_code), "full")
    assert attack > 50 * control
    assert slow.factor is not None
    fewer = seconds(pattern, slow.attack.text(slow.pumps - ceil(log(8) / log(slow.factor))), "full")
    assert attack > 3 * fewer, "some pumps more multiply the time by at least 8, as measured"
    assert len(slow.used_code) <= 255
    assert slow.limit is not None


@pytest.mark.parametrize("pattern", LABORIOUS)
def test_a_polynomial_attack_is_slow_at_the_length_of_a_used_code(pattern: str) -> None:
    slow = slow_used_code(pattern, hoist(pattern).text, search=False, limit=1.0, budget=2.0).slow
    assert slow is not None
    assert slow.growth is Growth.POLYNOMIAL
    assert slow.degree is not None
    assert 2 < slow.degree < 6
    attack, control = seconds(pattern, slow.used_code, "full"), seconds(pattern, "~" * len(slow.used_code), "full")
    assert attack > 50 * control


@pytest.mark.parametrize("pattern", HARMLESS)
@pytest.mark.parametrize("mode", ["full", "search"])
def test_what_regex_decides_quickly_is_not_called_slow(pattern: str, mode: str) -> None:
    assert trial_of(pattern, mode) is None


def test_searching_may_be_slow_where_a_whole_match_is_not_tried() -> None:
    pattern = "(?!X)(?:A|AB|BA|B)*C"
    slow = slow_used_code(pattern, pattern, search=True, limit=1.0, budget=2.0).slow
    assert slow is not None
    assert seconds(pattern, slow.used_code, "search") > 50 * seconds(pattern, "~" * len(slow.used_code), "search")


def test_what_an_automaton_decides_cannot_be_slow() -> None:
    for pattern in ("(a|a)*b", "(A|AB|B)*C", "(a+)+b"):
        assert not fires(EXPONENTIAL, pattern)
        assert not fires(POLYNOMIAL, pattern)


def test_an_attack_that_can_stop_the_run_is_an_error() -> None:
    (notice,) = notices(EXPONENTIAL, "^AMY(?!TEST)([A-Z]|[A-Z]-?)+$")
    assert notice.severity is Severity.ERROR
    assert notice.facts["stops_run"] is True
    assert notice.facts["used_code"] == "AMY" + "A" * (notice.facts["length"] - 4) + "!"
    assert notice.facts["factor"] == pytest.approx(2, abs=0.5)
    assert notice.facts["length"] < notice.facts["limit_length"] < 40


def test_where_an_automaton_takes_over_after_the_time_limit_it_is_a_warning() -> None:
    (notice,) = notices(EXPONENTIAL, "(?:A|B|AB)*.*A.{30}")
    assert notice.facts["limit_length"] is not None
    assert notice.severity is Severity.WARNING
    assert notice.facts["stops_run"] is False


def test_a_pattern_that_is_beyond_patience_at_once_is_slow_by_its_structure() -> None:
    slow = slow_used_code("(?:A|B|AB)*.*A.{60}", "(?:A|B|AB)*.*A.{60}", search=False, limit=1.0, budget=2.0).slow
    assert slow is not None
    assert slow.growth is Growth.EXPONENTIAL
    assert slow.degree is None
    assert slow.limit is None or slow.factor is not None, "where growth is not measured, no limit is claimed"
    assert seconds("(?:A|B|AB)*.*A.{60}", slow.used_code, "full") > 0.03


def test_patterns_with_other_letters_are_told_their_own_attacks() -> None:
    found = notices(EXPONENTIAL, *(f"^(?!TEST){word}([A-Z]|[A-Z]-?)+$" for word in ("GUILD", "VODKA", "CHUNK")))
    assert [notice.facts["used_code"][:5] for notice in found] == ["GUILD", "VODKA", "CHUNK"]


def test_letters_are_renamed_one_by_one_in_either_case() -> None:
    old, new = renaming("(?i)(?!X)abc-AB"), renaming("(?i)(?!X)dfg-DF")
    assert old.key == new.key
    assert reworded("ABCABC-abc!", old, new) == "DFGDFG-dfg!"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("(SUM|SUMSUM)+", "(SUM|WINWIN)+", id="a word in another"),
        pytest.param("(?!X)SUMMER", "(?!X)WINTER", id="a letter twice"),
        pytest.param("(?!X)ABX", "(?!X)ABC", id="a letter that occurs outside"),
        pytest.param("[C-R]AB", "[C-R]CD", id="a class that tells letters apart"),
        pytest.param("(?!X)AB1", "(?!X)ABC", id="a digit for a letter"),
    ],
)
def test_words_whose_letters_relate_differently_do_not_share_a_hunt(one: str, other: str) -> None:
    assert renaming(one).key != renaming(other).key


def test_a_harmless_pattern_does_not_acquit_one_of_other_letters() -> None:
    found = Hunt(subject("(?!X)(?:ABCD|AB|EF)+Y", "(?!X)(?:ABCD|AB|CD)+Y")).trials
    assert found[0].slow is None
    assert found[1].slow is not None


def test_what_the_budget_leaves_untried_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hunting, "PROGRAM_BUDGET", 0.0)
    (notice,) = notices(TIMEOUT, "^AMY(?!TEST)([A-Z]|[A-Z]-?)+$")
    assert notice.facts["tried"] is False
    assert "no time left" in notice.message
    assert not fires(EXPONENTIAL, "^AMY(?!TEST)([A-Z]|[A-Z]-?)+$")


@pytest.mark.parametrize(
    ("pattern", "text", "ways"),
    [
        ("(a|a)*", "aaa", 8), ("a*a*", "aaa", 4), ("(a*)*", "aaa", 4), ("ab|ab", "ab", 2), ("(A|AB|B)*", "ABAB", 4),
        ("a?a?", "a", 2), ("a{2}", "aa", 1), ("(?=a|a)b", "b", 1), ("(?:ab)+", "abab", 1), (r"(a|a)\1", "aa", 4),
        ("(?i)A|a", "a", 2), ("a{3,9}", "aaa", 1), ("(a|b)?", "a", 1), ("a+a", "a", 0),
    ],
)  # fmt: skip
def test_ways_to_read_a_text_are_counted(pattern: str, text: str, ways: int) -> None:
    automaton = ways_through(skeleton(pattern))
    reached = {0: 1.0}
    for char in text:
        step = automaton.step(char)
        following: dict[int, float] = {}
        for state, number in reached.items():
            for there in range(len(step)):
                if step[state, there]:
                    following[there] = following.get(there, 0) + number * step[state, there]
        reached = following
    assert sum(number for state, number in reached.items() if state in automaton.ends) == ways
