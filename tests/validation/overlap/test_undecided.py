"""What automata do not decide: proven by trying, ruled out by what they bound, or reported."""

import pytest

from attribution.validation.overlaps import Doubt, Overlaps
from tests.validation.overlap.world import of_patterns, overlaps_of, program, proven


def told(found: Overlaps) -> str | Doubt | None:
    """What is said of two promo codes: the used code, why it is unknown, or None where they do not overlap."""
    pairs = proven(found)
    assert len(pairs) + len(found.undecided) <= 1
    if found.undecided:
        (row,) = found.undecided
        assert (row.firsts.tolist(), row.second) == ([0], 1)
        return row.doubt
    return pairs[0].used_code if pairs else None


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        pytest.param("(?=SAVE).*10", "SAVE[0-9]{2}", "SAVE10", id="look-ahead"),
        pytest.param("(?!SAVE).*", "S.*", "S", id="negative look-ahead"),
        pytest.param("(?!SAVE$)SAVE.*", "S.*", "SAVEA", id="one character more than the shortest"),
        pytest.param("(?=.*[0-9])[A-Z0-9]{4}", "[A-Z0-9]+", "0000", id="digits wanted"),
        pytest.param("(?=.*[0-9])(?=.*[A-Z])[A-Z0-9]{4}", ".*", "A0A0", id="letters and digits wanted"),
        pytest.param(r"(A)\1", "A+", "AA", id="back-reference"),
        pytest.param("A++A", "A+", Doubt.NOT_REGULAR, id="a possessive repeat that leaves nothing"),
        pytest.param("A++B", "A+B", "AB", id="a possessive repeat"),
        pytest.param("(?>A|AB)C", "ABC", Doubt.NOT_REGULAR, id="an atomic group"),
        pytest.param("(?=X)A", "B", None, id="what it bounds is disjoint"),
        pytest.param(r"(A)\1B", "B.*", None, id="so is what a back-reference bounds"),
        pytest.param("(?=QZ)[A-Z]{2}", "[A-Z]{2}", Doubt.NOT_REGULAR, id="what nobody guesses"),
        pytest.param("(?=QZ)[A-Z]{2}", "Q[A-Z]", Doubt.NOT_REGULAR, id="not even from both"),
        pytest.param("(?=QZ)[A-Z]{2}", ".Z", Doubt.NOT_REGULAR, id="nor from the end"),
        pytest.param("b|[^a]|(?i:x)", "A", Doubt.NOT_REGULAR, id="alternatives that ignore case in places"),
        pytest.param("b|[^a]|(?i:x)", "B", "B", id="which may overlap all the same"),
        pytest.param("A{4000}", "A+", Doubt.TOO_LARGE, id="too many characters"),
        pytest.param("A{4000}", "(?=A)B", Doubt.NOT_REGULAR, id="two reasons"),
        pytest.param("(?:A?){400}", "(?:A?B?){300}", "A", id="too many ways on"),
        pytest.param("(?:[A-Z]{0,90}[0-9]{0,90}){9}", "(?:[A-Z0-9]{1,90}){9}", "A" * 9, id="large, and yet"),
    ],
)
def test_a_pair_is_proven_or_ruled_out_or_reported(one: str, two: str, expected: str | Doubt | None) -> None:
    assert told(of_patterns([one, two])) == expected


ENDLESS = "(?:A|AA)+(?<!A)"


def test_a_pattern_that_runs_forever_is_asked_once_and_reported() -> None:
    found = of_patterns([ENDLESS, *(f"A{{{count}}}" for count in range(40, 60))])
    assert {row.doubt for row in found.undecided} == {Doubt.TIMEOUT}
    assert [row.second for row in found.undecided] == list(range(1, 21))


def test_a_literal_is_told_when_a_pattern_runs_forever() -> None:
    made = program([{"code": "A" * 40, "match_mode": "LI"}, {"code": ENDLESS}])
    assert told(overlaps_of(made)) is Doubt.TIMEOUT


def test_a_literal_of_too_many_spellings_is_left_undecided() -> None:
    codes = [{"code": "abcdefghij", "match_mode": "LI"}, {"code": "(?=abcdEFghIJ).*"}]
    assert told(overlaps_of(program(codes, literal_case="insensitive"))) is Doubt.NOT_REGULAR
    assert told(overlaps_of(program(codes))) is None


def test_a_spent_budget_leaves_all_pairs_that_it_did_not_reach_undecided() -> None:
    patterns = [f".*{letter}.*" for letter in "ABCDEF"]
    made = program([{"code": pattern} for pattern in patterns])
    found = overlaps_of(made, budget=30)
    rows = [(first, row.second) for row in found.undecided for first in row.firsts.tolist()]
    known = [(pair.first, pair.second) for pair in proven(found)]
    assert {row.doubt for row in found.undecided} == {Doubt.BUDGET}
    assert sorted(rows + known) == [(first, second) for first in range(6) for second in range(first + 1, 6)]
    assert not overlaps_of(made, budget=100_000).undecided


def test_a_literal_is_decided_where_nothing_but_backtracking_would_be_fast_enough() -> None:
    codes = [{"code": "a" * 450 + ending, "match_mode": "LI"} for ending in ("1", "a")]
    codes += [{"code": "(?:[A-Z]|[A-Z]{2})*A[A-Z]{400}"}, {"code": "[a-z]+1"}]
    found = overlaps_of(program(codes, literal_case="insensitive"))
    assert [(pair.first, pair.second, pair.used_code) for pair in proven(found)] == [
        (1, 2, "A" * 451),
        (0, 3, "a" * 450 + "1"),
    ]


def test_a_pattern_that_backtracks_without_end_is_decided_if_it_is_regular() -> None:
    found = of_patterns(["(A+)+B|(A+)+C", "A{30,}C?"])
    assert proven(found)[0].used_code == "A" * 30 + "C"
