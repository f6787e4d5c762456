"""Promo codes that can never be paid, against all used codes of small worlds."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from attribution.program import Program
from tests.draws import draws
from tests.validation.overlap.test_overlaps import CODES, DAY, MODES
from tests.validation.overlap.world import ODD, UNIVERSE, matches, ordered, overlaps_of, program, strings

STRENGTH = ["ALWAYS", "INVOLVED", "WINNER"]


def shadowed(made: Program) -> dict[int, int]:
    return dict(overlaps_of(made).shadows.shadowed)


def expected(made: Program, universe: list[str]) -> dict[int, set[int]]:
    """Promo code -> those that shadow it, by the used codes of the universe."""
    codes = made.promo_codes
    texts = [{text for text in universe if matches(code, text, made)} for code in codes]
    found: dict[int, set[int]] = {}
    for first, second in ordered(made):
        one, two = codes[first], codes[second]
        own = one.partner_id == two.partner_id
        rule = STRENGTH.index(one.credit_rule) <= STRENGTH.index(two.credit_rule)
        met = rule if own else one.credit_rule == "ALWAYS" and made.settings.resolution == "one"
        instants = [
            DAY.replace(year=1990),
            *(date for date in (two.start_date, two.end_date) if date),
            DAY.replace(year=2090),
        ]
        active = [at for at in instants if two.is_active(at)]
        held = active and all(one.is_active(at) for at in active)
        if (
            texts[second]
            and texts[second] <= texts[first]
            and met
            and held
            and one.program_id in {None, two.program_id}
        ):
            found.setdefault(second, set()).add(first)
    return found


@draws(150)
@given(CODES, MODES, st.sampled_from(("one", "split", "each")))
def test_rules_partners_programs_and_dates_decide_who_shadows_whom(
    codes: list[dict[str, object]], modes: dict[str, str], resolution: str
) -> None:
    made = program(codes, **modes, resolution=resolution)
    universe = [*strings("AaBC", 3), ".*", "A.*", "B?", "[AB]", "a.*", "b?", "[ab]", "[aB]"]
    wanted = expected(made, universe)
    found = shadowed(made)
    assert found.keys() == wanted.keys()
    assert all(shadow in wanted[index] for index, shadow in found.items())


ATOMS = st.sampled_from(("a", "b", "[ab]", "ab", "(a|ba)", "(ab|b)", "[aA]", "(?i:a)", "A"))
FINITE = st.lists(st.tuples(ATOMS, st.sampled_from(("", "", "?", "{1,2}", "{2}"))).map("".join), min_size=1, max_size=3)


@draws(100)
@given(
    st.lists(FINITE.map("".join), min_size=2, max_size=6),
    st.lists(st.sampled_from(("a", "ab", "AB", "ba")), max_size=3),
)
@example(["a|b", "[ab]"], [])
@example(["(a|ba)b?", "a|ba|ab|bab"], [])
def test_containment_of_finite_languages_is_decided_either_way(texts: list[str], literals: list[str]) -> None:
    codes = [{"code": text} for text in texts] + [{"code": text, "match_mode": "LI"} for text in literals]
    made = program(codes)
    universe = strings("ab", 8) + strings("abA", 6) + ["AB"]
    universe = [text for text in dict.fromkeys(universe) if any(matches(code, text, made) for code in made.promo_codes)]
    wanted = expected(made, universe)
    longest = max(map(len, universe), default=0)
    found = shadowed(made)
    assert {index: shadow in wanted.get(index, ()) for index, shadow in found.items()} == dict.fromkeys(found, True)
    if longest < 6:
        assert found.keys() == wanted.keys()


@draws(100)
@given(st.lists(ODD, min_size=2, max_size=5), MODES)
def test_nothing_is_shadowed_that_some_used_code_escapes(texts: list[str], modes: dict[str, str]) -> None:
    made = program([{"code": text} for text in texts], **modes)
    wanted = expected(made, list(UNIVERSE))
    for index, shadow in shadowed(made).items():
        assert shadow in wanted.get(index, set()) or not any(
            matches(made.promo_codes[index], text, made) for text in UNIVERSE
        )


@pytest.mark.parametrize(
    ("first", "second", "dead"),
    [
        pytest.param("SAVE.*", "SAVE[0-9]+", True, id="a longer beginning"),
        pytest.param("SAVE[0-9]+", "SAVE.*", False, id="a shorter one"),
        pytest.param(".*A.*", ".*A.*B.*|.*B.*A.*", True, id="two orders"),
        pytest.param("[ab]*", "(ab|ba)*", True, id="loops"),
        pytest.param("(ab|ba)*", "[ab]*", False, id="loops the other way round"),
        pytest.param("(aa|aaa)+", "aa+", True, id="the same set, written in another way"),
        pytest.param("(aaa|aaaaa)+", "a{8,}", True, id="every length from eight on"),
        pytest.param("(aaa|aaaaa)+", "a{7,}", False, id="but not seven"),
        pytest.param(".*a.{9}", "[ab]*a[ab]{9}", True, id="many subsets"),
        pytest.param(".", "[^A]", True, id="a newline alone is stripped"),
        pytest.param("A.B", "A[^A]B", False, id="a newline inside escapes the dot"),
        pytest.param("[^A-Z]", "[0-9é]", True, id="sets beyond ASCII"),
        pytest.param("[a-z]", "(?i)k", False, id="the Kelvin sign escapes"),
        pytest.param("[a-zK\u212a]", "(?i)k", True, id="unless it is caught"),
        pytest.param("[0-9]+", r"\d+", False, id="digits of other scripts escape"),
        pytest.param(r"\w", r"(?a)\w", True, id="ASCII is a part"),
        pytest.param("A ?", r"A\s?", True, id="white space at the end is no matter"),
        pytest.param("A", r"\s?A", True, id="nor at the beginning"),
        pytest.param("A ?B", r"A\s?B", False, id="in the middle it is"),
        pytest.param("(?=A).*", "(?=A).*", True, id="equal texts beyond automata"),
        pytest.param("A.*", "(?=A).*", False, id="contained, but beyond automata"),
        pytest.param("A.*", "(?=.*0)A[0-9]{3}", True, id="what bounds it is contained"),
        pytest.param("(?=A).*", "A.*", False, id="a container beyond automata"),
        pytest.param("A{4000}", "A{4000}", True, id="equal texts, too large"),
        pytest.param("A|B", r"[^\x00-\U0010FFFF]", False, id="nothing at all is not shadowed"),
        pytest.param(".*", "(?:)", False, id="nor is the empty used code"),
    ],
)
def test_a_pattern_is_dead_where_another_contains_it(first: str, second: str, dead: bool) -> None:
    made = program([{"code": first}, {"code": second}])
    assert shadowed(made) == ({1: 0} if dead else {})


@pytest.mark.parametrize(
    ("literal", "pattern", "case", "dead"),
    [
        pytest.param("SAVE10", "SAVE10", "sensitive", True, id="a pattern without operators"),
        pytest.param("SAVE10", "SAVE(10|20)", "sensitive", False, id="two used codes"),
        pytest.param("SAVE10", "SAVE10 ?", "sensitive", True, id="the other one is never used"),
        pytest.param("save", "[Ss]ave", "sensitive", False, id="case counts"),
        pytest.param("save", "[Ss]AVE", "insensitive", True, id="case does not count"),
        pytest.param("save", "(?i)save", "insensitive", False, id="the long s is in the pattern only"),
        pytest.param("save", "(?i)ave|save", "insensitive", False, id="shorter ones escape"),
        pytest.param("A" * 2000, "A{2000}", "sensitive", False, id="too large"),
    ],
)
def test_a_literal_makes_a_pattern_dead_that_matches_nothing_else(
    literal: str, pattern: str, case: str, dead: bool
) -> None:
    made = program([{"code": literal, "match_mode": "LI"}, {"code": pattern}], literal_case=case)
    assert shadowed(made) == ({1: 0} if dead else {})


def test_the_first_in_precedence_is_named() -> None:
    made = program([{"code": ".*", "created_date": created} for created in ("2026-01-01", "2026-02-01", "2026-03-01")])
    assert shadowed(made) == {0: 2, 1: 2}
