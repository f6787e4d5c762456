"""Overlaps against every used code of a small universe: none missed, none invented, none longer than need be."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from attribution.crediting import rules
from attribution.patterns.edges import whole
from attribution.patterns.syntax import parse
from attribution.patterns.tree import has_opaque
from attribution.program import Program
from attribution.validation.overlaps import Overlaps
from tests.draws import draws
from tests.patterns.small import patterns
from tests.validation.overlap.world import (
    ODD,
    STRIPPED,
    matches,
    meet,
    overlaps_of,
    program,
    proofs,
    proven,
    readable,
    strings,
)

MODES = st.fixed_dictionaries(
    {"regex_match": st.sampled_from(("full", "search")), "literal_case": st.sampled_from(("sensitive", "insensitive"))}
)
LITERALS = st.sampled_from(
    ("a", "A", "ab", "aB", "AB", "b1", "é", "É", "aé", "ſ", "k", "\u212a", " a", "a\n", "a b", "1")
)


def judged(made: Program, found: Overlaps) -> dict[tuple[int, int], str]:
    """The used codes of all pairs, after each was seen to be a true overlap."""
    codes = made.promo_codes
    answer = {}
    for pair in proven(found):
        one, two = codes[pair.first], codes[pair.second]
        assert one.partner_id != two.partner_id
        assert meet(one, two)
        assert pair.used_code
        assert pair.used_code[0] not in STRIPPED
        assert pair.used_code[-1] not in STRIPPED
        assert matches(one, pair.used_code, made)
        assert matches(two, pair.used_code, made)
        if pair.at is None:
            assert not {one.start_date, one.end_date, two.start_date, two.end_date} - {None}
        else:
            assert one.is_active(pair.at)
            assert two.is_active(pair.at)
        assert (pair.first, pair.second) not in answer, "each pair once"
        answer[pair.first, pair.second] = pair.used_code
    return answer


def undecided(found: Overlaps) -> set[tuple[int, int]]:
    return {(first, row.second) for row in found.undecided for first in row.firsts.tolist()}


@draws(100)
@given(st.lists(patterns(odd=False), min_size=2, max_size=5), st.lists(LITERALS, max_size=3), MODES)
@example(["a$", "a\\n?"], [], {"regex_match": "search", "literal_case": "sensitive"})
@example(["^a", "[^a]b"], [], {"regex_match": "search", "literal_case": "sensitive"})
@example(["(ab)*", "(ba)*a?"], [], {"regex_match": "full", "literal_case": "sensitive"})
@example(["(a|b)*abb", "(bba|a)*b+"], [], {"regex_match": "full", "literal_case": "sensitive"})
@example(["[^a]", "[^b]", "[ab]"], ["A"], {"regex_match": "full", "literal_case": "insensitive"})
@example(["(?i:s)", "[^s]"], ["S", "ſ"], {"regex_match": "full", "literal_case": "insensitive"})
def test_every_pair_that_a_used_code_satisfies_is_found_with_the_best_one(
    texts: list[str], literals: list[str], modes: dict[str, str]
) -> None:
    codes = [{"code": text} for text in texts] + [{"code": text, "match_mode": "LI"} for text in literals]
    made = program(codes, **modes)
    found = overlaps_of(made)
    answer = judged(made, found)
    beyond = {
        at for at, text in enumerate(texts) if has_opaque(whole(parse(text), search=modes["regex_match"] == "search"))
    }
    beyond |= {at for at, text in enumerate(texts) if "|" in text and "i:" in text}
    assert all(beyond & set(pair) for pair in undecided(found))
    for pair, best in proofs(made).items():
        assert pair in answer or pair in undecided(found), (pair, best)
        if pair in answer and not beyond & set(pair):
            assert readable(answer[pair]) <= readable(best)


@draws(100)
@given(st.lists(ODD, min_size=2, max_size=4), st.lists(LITERALS, max_size=2), MODES)
def test_no_pair_is_passed_over_in_silence_where_automata_do_not_suffice(
    texts: list[str], literals: list[str], modes: dict[str, str]
) -> None:
    codes = [{"code": text} for text in texts] + [{"code": text, "match_mode": "LI"} for text in literals]
    made = program(codes, **modes)
    found = overlaps_of(made)
    known = judged(made, found)
    assert not known.keys() & undecided(found)
    assert proofs(made).keys() <= known.keys() | undecided(found)


DAY = datetime(2026, 3, 1, tzinfo=UTC)
DATES = st.sampled_from((None, None, *(DAY + timedelta(days=count) for count in range(3))))
CODES = st.lists(
    st.fixed_dictionaries(
        {
            "code": st.sampled_from(("A", "a", "B", "A.*", ".*", "B?", "[AB]")),
            "match_mode": st.sampled_from(("LI", "RE")),
            "partner_id": st.sampled_from(("amy", "bob", "eve")),
            "program_id": st.sampled_from((None, "1", "2")),
            "credit_rule": st.sampled_from(("ALWAYS", "INVOLVED", "WINNER")),
            "start_date": DATES,
            "end_date": DATES,
            "created_date": DATES,
            "state": st.sampled_from((None, None, "ACTIVE", "EXPIRED", "FUTUREDATE")),
        }
    ),
    min_size=2,
    max_size=8,
)


@draws(150)
@given(CODES, MODES)
def test_partners_programs_and_dates_decide_as_much_as_texts(
    codes: list[dict[str, object]], modes: dict[str, str]
) -> None:
    made = program(codes, **modes)
    found = overlaps_of(made)
    universe = [*strings("AaB", 3), ".*", "A.*", "B?", "[AB]", "a.*", "b?", "[ab]", "[aB]"]
    assert judged(made, found).keys() == proofs(made, universe).keys()
    assert not found.undecided
    ranks = rules.precedence(made.promo_codes)
    for firsts in found.rivals.values():
        assert sorted(firsts.tolist(), key=ranks.__getitem__) == firsts.tolist()


@pytest.mark.parametrize(
    ("one", "two", "used_code"),
    [
        pytest.param("(?i)k", "[^kK]", "\u212a", id="the Kelvin sign is a k where case is ignored"),
        pytest.param("(?i)s", "[^sS]", "ſ", id="so is the long s an s"),
        pytest.param(r"\w", "[^A-Za-z0-9_]", "\xaa", id="a letter beyond ASCII is a word character"),
        pytest.param(r"(?a)\w", "[^A-Za-z0-9_]", None, id="not with the flag a"),
        pytest.param(r"\d", "[^0-9]", "\u0660", id="digits of other scripts are digits"),
        pytest.param("[^A]", "É", "É", id="what is not A may be É"),
        pytest.param("(?i)É", "é", "é", id="case is ignored beyond ASCII as well"),
        pytest.param(r"\p{Greek}+", "..", "ͰͰ", id="properties are known"),
        pytest.param(".", "\U0001f600", "\U0001f600", id="characters beyond the basic plane"),
        pytest.param(r"\s+", ".*", None, id="white space alone is no used code"),
        pytest.param(r"A\s?", r"A\s", None, id="white space at the end is stripped"),
        pytest.param(r"\sA|BA", ".A", "BA", id="and at the beginning"),
        pytest.param(r"\sA", ".A", None, id="so that nothing is left"),
        pytest.param("[ é]A", ".A", "éA", id="what else may stand at the beginning"),
        pytest.param("A[ é]", "A.", "Aé", id="and at the end"),
        pytest.param("[ é]", ".", "é", id="and alone"),
        pytest.param(r"A\sB", "A.B", "A B", id="but not in the middle"),
        pytest.param("A[\u200b]B|A[\u200b]", "A.*", "A\u200bB", id="zero-width space is white space here"),
        pytest.param("A[\x1c]", "A.*", "A\x1c", id="the file separator is none, though Python thinks so"),
        pytest.param("A$", "A\n", None, id="no used code ends with the newline that a dollar allows"),
        pytest.param("A\nB", "A.B", None, id="a dot is no newline"),
        pytest.param("A\nB", "A(?s:.)B", "A\nB", id="unless it is told to"),
        pytest.param("^A$", r"\AA\Z", "A", id="anchors at the edges say nothing"),
        pytest.param("(?:)", "A", None, id="the empty used code is none"),
        pytest.param("A|", "|B", None, id="nor is it what two patterns have in common"),
        pytest.param(r"[^\x00-\U0010FFFF]", ".", None, id="a set of nothing"),
        pytest.param("A{3,5}", "(AA)*", "AAAA", id="the least common length"),
        pytest.param("(AAA)+B", "(AA)+B", "AAAAAAB", id="the least common multiple"),
    ],
)
def test_the_shortest_used_code_of_two_patterns(one: str, two: str, used_code: str | None) -> None:
    made = program([{"code": one}, {"code": two}])
    answer = judged(made, overlaps_of(made))
    if used_code is None:
        assert not answer
    elif used_code in {"\xaa", "\u0660"}:
        assert len(answer[0, 1]) == 1
        assert not answer[0, 1].isascii()
    else:
        assert answer[0, 1] == used_code
    assert not overlaps_of(made).undecided


@pytest.mark.parametrize(
    ("one", "two", "used_code"),
    [
        pytest.param("^A", "B$", "AB", id="a beginning and an end"),
        pytest.param("^A$", "B", None, id="both edges leave no room"),
        pytest.param("A$", "AB$", None, id="two ends that differ"),
        pytest.param(r"A\Z", "B", "BA", id="the other part stands before"),
        pytest.param("^(A|^B)", "^C|^BD", "BD", id="anchors in branches"),
        pytest.param("XAB", "ABY", "XABY", id="patterns that interlock"),
        pytest.param("(?:)", "A", "A", id="the empty pattern is found in every used code"),
    ],
)
def test_the_shortest_used_code_where_patterns_are_searched_for(one: str, two: str, used_code: str | None) -> None:
    made = program([{"code": one}, {"code": two}], regex_match="search")
    answer = judged(made, overlaps_of(made))
    assert answer == ({} if used_code is None else {(0, 1): used_code})


@pytest.mark.parametrize(
    ("literal", "pattern", "case", "used_code"),
    [
        pytest.param("save10", "SAVE.*", "sensitive", None, id="case counts"),
        pytest.param("save10", "SAVE.*", "insensitive", "SAVE10", id="case does not count"),
        pytest.param("SAVE", "[a-z]+", "insensitive", "save", id="the other way round"),
        pytest.param("Save", "[A-Z][a-z][A-Z][a-z]", "insensitive", "SaVe", id="some spelling of many"),
        pytest.param("save", "[^S]...", "insensitive", "sAVE", id="a set that lacks one case"),
        pytest.param("k", "\u212a", "insensitive", None, id="k is not the Kelvin sign in literals"),
        pytest.param("é", "É", "insensitive", None, id="nor is é the same as É"),
        pytest.param("é", "(?i)É", "sensitive", "é", id="in patterns it is"),
        pytest.param(" SAVE", ".*SAVE", "sensitive", None, id="a literal that begins with white space matches nothing"),
        pytest.param("SAVE\ufeff", "SAVE.*", "sensitive", None, id="nor does one that ends with it"),
        pytest.param("A" * 600, "A+", "sensitive", "A" * 600, id="a very long one"),
        pytest.param("a" * 30, "(?=[A-Z]).*", "insensitive", "A" * 30, id="more spellings than can be tried"),
        pytest.param("ab", "(?=[A-Z])[A-Z][a-z]", "insensitive", "Ab", id="few enough to try them all"),
        pytest.param("ab", "(?!a)(?!A).*", "insensitive", None, id="or to rule them out"),
        pytest.param("A.B", "A\\.B", "sensitive", "A.B", id="a literal is no pattern"),
        pytest.param("(A", r"\(A", "insensitive", "(A", id="not even where case is ignored"),
    ],
)
def test_the_used_code_of_a_literal_and_a_pattern(literal: str, pattern: str, case: str, used_code: str | None) -> None:
    made = program([{"code": literal, "match_mode": "LI"}, {"code": pattern}], literal_case=case)
    found = overlaps_of(made)
    assert judged(made, found) == ({} if used_code is None else {(0, 1): used_code})
    assert not found.undecided


def test_equal_literals_overlap_by_the_spelling_that_comes_first() -> None:
    made = program(
        [{"code": text, "match_mode": "LI"} for text in ("saVE1", "SAve1", "other")], literal_case="insensitive"
    )
    assert judged(made, overlaps_of(made)) == {(0, 1): "SAVE1"}


@pytest.mark.parametrize(
    ("first", "second", "at"),
    [
        pytest.param({}, {}, None, id="without dates there is no instant"),
        pytest.param({"start_date": "2026-03-01"}, {}, "2026-03-01T00:00Z", id="the start"),
        pytest.param({"end_date": "2026-03-01T12:00Z"}, {}, "2026-03-01T12:00Z", id="the end where nothing starts"),
        pytest.param(
            {"start_date": "2026-03-01"}, {"end_date": "2026-03-01T00:00Z"}, "2026-03-01T00:00Z", id="a single instant"
        ),
    ],
)
def test_the_instant_at_which_both_are_active(first: dict[str, str], second: dict[str, str], at: str | None) -> None:
    made = program([{"code": "A", **first}, {"code": "A", **second}])
    (pair,) = proven(overlaps_of(made))
    assert pair.at == (None if at is None else datetime.fromisoformat(at))


def test_pairs_are_proven_by_the_one_that_comes_second() -> None:
    pairs = proven(overlaps_of(program([{"code": f".*{letter}.*"} for letter in "ABCD"])))
    assert len(pairs) == 6
    assert [(pair.first, pair.second, pair.used_code) for pair in pairs[:3]] == [
        (0, 1, "AB"),
        (0, 2, "AC"),
        (1, 2, "BC"),
    ]
