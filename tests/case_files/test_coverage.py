"""Coverage: what of a program its cases exercise, and what is named as missing."""

from pathlib import Path

import pytest

from attribution.cases.case_coverage import Coverage
from attribution.cases.case_wording import coverage_in_words
from attribution.cases.run import run_cases
from tests.case_files.shop import PROGRAM, run

NOTHING = "  - {name: nothing, expect: nobody}\n"


def covered(directory: Path, body: str, program: str = PROGRAM) -> Coverage:
    (found,) = run(directory, body, program).coverage
    return found


def test_a_promo_code_that_matches_in_no_case_is_missing(tmp_path: Path) -> None:
    found = covered(tmp_path, "  - {name: it, order: AMY, expect: amy}\n")
    assert found.promo_codes.missing == ("1", "3", "4")
    assert (found.promo_codes.total, found.promo_codes.exercised, found.promo_codes.percent) == (4, 1, 25)


def test_a_rule_is_met_in_one_case_and_not_met_in_another(tmp_path: Path) -> None:
    found = covered(
        tmp_path,
        "  - {name: met, order: SAVE10, clicks: [bob], expect: bob}\n"
        "  - {name: unmet, order: TEAM, clicks: [amy], expect: nobody}\n",
    )
    assert found.met.missing == ("2", "3", "4")
    assert (found.not_met.total, found.not_met.missing) == (3, ("1", "4"))


def test_a_failing_case_exercises_too(tmp_path: Path) -> None:
    assert "2" not in covered(tmp_path, "  - {name: it, order: AMY, expect: bob}\n").promo_codes.missing


def test_a_case_that_is_not_selected_exercises_nothing(tmp_path: Path) -> None:
    report = run(tmp_path, NOTHING + "  - {name: it, order: AMY, expect: amy}\n", select="nothing")
    assert "2" in report.coverage[0].promo_codes.missing


DEFAULTS = [
    "PROMO_CODE RULE_ALWAYS", "PROMO_CODE RULE_INVOLVED", "PROMO_CODE RULE_WINNER", "WITHHELD NOT_INVOLVED",
    "WITHHELD NOT_WINNER", "LAST_CLICK NO_CODE_MATCHED", "UNATTRIBUTED NO_CLICKS",
]  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "possible"),
    [
        ("{}", DEFAULTS),
        ("{uncredited: default}", [*DEFAULTS[:3], DEFAULTS[5], "LAST_CLICK RULE_NOT_MET", DEFAULTS[6]]),
        ("{default_crediting: none}", [*DEFAULTS[:5], "UNATTRIBUTED DEFAULT_NONE"]),
        ("{default_crediting: none, uncredited: default}", [*DEFAULTS[:3], "UNATTRIBUTED DEFAULT_NONE"]),
    ],
)
def test_reasons_count_where_the_settings_allow_them(tmp_path: Path, settings: str, possible: list[str]) -> None:
    program = f"settings: {settings}\n{PROGRAM}"
    found = covered(tmp_path, "  - {name: it, order: AMY, expect: amy}\n", program).reasons
    assert found.total == len(possible)
    assert list(found.missing) == possible[1:]


def test_reasons_count_where_a_promo_code_has_the_rule(tmp_path: Path) -> None:
    always = PROGRAM.replace("WINNER", "ALWAYS").replace("INVOLVED", "ALWAYS")
    found = covered(tmp_path, NOTHING, f"settings: {{uncredited: default}}\n{always}")
    assert found.reasons.missing == ("PROMO_CODE RULE_ALWAYS", "LAST_CLICK NO_CODE_MATCHED")
    assert (found.not_met.total, found.not_met.percent) == (0, 100)


def test_what_can_never_match_is_left_out(tmp_path: Path) -> None:
    program = PROGRAM.replace("code: AMY,", "code: AMY, state: EXPIRED,")
    found = covered(tmp_path, NOTHING, program)
    assert (found.promo_codes.total, found.left_out) == (3, 1)
    assert "PROMO_CODE RULE_ALWAYS" not in found.reasons.missing
    assert list(coverage_in_words(found))[-1] == "  left out: 1 promo code that can never match, as the state says"


def test_the_whole_is_the_sum_of_its_parts(tmp_path: Path) -> None:
    found = covered(tmp_path, "  - {name: it, order: AMY, expect: amy}\n").whole
    assert (found.total, found.exercised) == (4 + 4 + 3 + 7, 1 + 1 + 0 + 1)


def test_files_of_one_program_cover_it_together(tmp_path: Path) -> None:
    report = run(tmp_path, NOTHING)
    path = report.results[0].case.file
    (tmp_path / "more.yaml").write_text(
        "program: program.yaml\ncases: [{name: it, at: 2026-03-01, order: AMY, expect: amy}]\n", encoding="utf-8"
    )
    (found,) = run_cases([path, tmp_path / "more.yaml"]).coverage
    assert found.promo_codes.missing == ("1", "3", "4")
    assert "UNATTRIBUTED NO_CLICKS" not in found.reasons.missing


def test_the_words_name_what_is_missing_once(tmp_path: Path) -> None:
    found = covered(tmp_path, "  - {name: it, order: SAVE10, clicks: [bob], expect: bob}\n")
    assert "\n".join(coverage_in_words(found)).replace(f"{tmp_path}/", "") == (
        "Coverage of program.yaml: 16% of 18\n"
        "  promo codes that match: 1 of 4, 25%\n"
        "    not matched: promo code 2 ('AMY')\n"
        "    not matched: promo code 3 ('TEAM')\n"
        "    not matched: promo code 4 ('FALL.*')\n"
        "  rules that are met: 1 of 4, 25%\n"
        "  rules that are not met: 0 of 3, 0%\n"
        "    always met: promo code 1 ('SAVE10')\n"
        "  outcomes and reasons: 1 of 7, 14%\n"
        "    missing: PROMO_CODE RULE_ALWAYS\n"
        "    missing: PROMO_CODE RULE_INVOLVED\n"
        "    missing: WITHHELD NOT_INVOLVED\n"
        "    missing: WITHHELD NOT_WINNER\n"
        "    missing: LAST_CLICK NO_CODE_MATCHED\n"
        "    missing: UNATTRIBUTED NO_CLICKS"
    )


def test_of_many_missing_promo_codes_the_first_are_named(tmp_path: Path) -> None:
    codes = "".join(
        f"  - {{id: {number}, code: C{number}, match_mode: LI, credit_rule: ALWAYS, partner_id: amy}}\n"
        for number in range(1, 5001)
    )
    words = list(coverage_in_words(covered(tmp_path, NOTHING, f"promo_codes:\n{codes}")))
    assert words[2:13] == [*(f"    not matched: promo code {n} ('C{n}')" for n in range(1, 11)), "    and 4,990 more"]
    assert len(words) < 20


def test_a_part_that_is_nearly_whole_is_not_shown_as_whole(tmp_path: Path) -> None:
    codes = "".join(
        f"  - {{id: {number}, code: C{number}, match_mode: LI, credit_rule: ALWAYS, partner_id: amy}}\n"
        for number in range(300)
    )
    used = "".join(f"  - {{name: '{number}', order: C{number}, expect: amy}}\n" for number in range(299))
    found = covered(tmp_path, used, f"promo_codes:\n{codes}")
    assert "  promo codes that match: 299 of 300, 99%" in list(coverage_in_words(found))
