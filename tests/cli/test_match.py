"""`attribution match`: what matches, what nearly does, and when it leaves with 1."""

from pathlib import Path

from tests.cli.terminal import PROGRAM, answer, prose, run, small_program, written


def test_a_code_that_matches_is_shown_with_its_promo_code() -> None:
    done = run("match", PROGRAM, " PEAK15 ", "--at", "2026-07-01", columns=105)
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "' PEAK15 ' matches 1 promo code",
        "  promo code 71003 (literal 'PEAK15') of Peak Reviews (2010077), WINNER, program 1000, active from",
        "    2026-04-01 07:00:00 UTC to 2027-01-01 07:59:59 UTC",
    ]


def test_a_code_that_matches_nothing_is_a_finding() -> None:
    done = run("match", PROGRAM, "PEAK15", "PEAK 15")
    assert done.exit_code == 1
    assert "'PEAK 15' matches no promo codes\n  nearly:\n    promo code 71003" in done.stdout
    assert "but white space inside differs" in done.stdout.replace("\n      ", " ")


def test_dates_count_only_when_a_time_is_given() -> None:
    assert run("match", PROGRAM, "WELCOME").exit_code == 0
    (found,) = answer("match", PROGRAM, "WELCOME", "--at", "2026-06-01T07:00:00Z", code=1)
    assert found["matches"] == []
    assert [(one["id"], one["differences"]) for one in found["near_misses"]] == [("71007", ["ENDED"])]
    assert found["near_misses"][0]["end_date"] == "2026-06-01T06:59:59Z"


def test_a_time_without_offset_is_local_time_of_the_program() -> None:
    zone = ("--set", "timezone=America/Los_Angeles")
    assert run("match", PROGRAM, "WELCOME", "--at", "2026-05-31T23:59:59", *zone).exit_code == 0
    assert run("match", PROGRAM, "WELCOME", "--at", "2026-06-01T00:00:00", *zone).exit_code == 1


def test_settings_change_what_matches() -> None:
    assert run("match", PROGRAM, "hazel10").exit_code == 1
    assert run("match", PROGRAM, "hazel10", "--preset", "impact.com").exit_code == 0


def test_a_program_in_several_files_is_one_program(tmp_path: Path) -> None:
    first = small_program(tmp_path)
    second = written(
        tmp_path,
        "page-2.json",
        '[{"Id": 2, "Code": "MORE", "Type": "LI", "CreditPolicy": "ALWAYS", "AssignedPartnerId": 9, "CampaignId": 5}]',
    )
    found = answer("match", first, "MORE", "--program", second, "--program-id", "5")
    assert [code["id"] for code in found[0]["matches"]] == ["2"]
    (found,) = answer("match", first, "MORE", "--program", second, "--program-id", "6", code=1)
    assert found["near_misses"][0]["differences"] == ["PROGRAM"]


def test_many_near_misses_are_cut_and_counted(tmp_path: Path) -> None:
    codes = [{"id": str(number), "match_mode": "RE", "code": f"SAVE{'A' * number}?"} for number in range(1, 21)]
    done = run("match", small_program(tmp_path, *codes), f"XSAVE{'A' * 20}")
    assert "and 10 more" in done.stdout


def test_a_long_code_is_shortened_and_its_length_said(tmp_path: Path) -> None:
    done = run("match", small_program(tmp_path), "x" * 81, "x" * 80, columns=200)
    assert prose(done.stdout) == (
        f"'{'x' * 79}…' (81 characters) matches no promo codes '{'x' * 80}' matches no promo codes"
    )
