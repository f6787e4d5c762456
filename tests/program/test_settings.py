"""Settings, presets, and the rules that an analyst tries instead."""

from datetime import timedelta
from typing import Any

import pytest

from attribution.program import Program, ProgramError, PromoCode, Settings
from tests.program.pages import Write, code


def program(**parts: Any) -> Program:
    return Program.model_validate({"promo_codes": [code()], **parts})


def test_the_defaults_are_the_words_of_the_api() -> None:
    assert program().settings.model_dump(mode="json") == {
        "lookback": "30d",
        "literal_case": "sensitive",
        "regex_match": "full",
        "code_separator": None,
        "uncredited": "withhold",
        "default_crediting": "last_click",
        "resolution": "one",
        "timezone": "UTC",
    }


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("45m", timedelta(minutes=45)),
        ("12h", timedelta(hours=12)),
        ("30d", timedelta(days=30)),
        ("2w", timedelta(weeks=2)),
        ("0d", timedelta(0)),
        ("3650d", timedelta(days=3650)),
        ("5256000m", timedelta(days=3650)),
        (timedelta(hours=36), timedelta(hours=36)),
    ],
)
def test_a_lookback_is_a_number_and_a_unit(text: object, length: timedelta) -> None:
    assert program(settings={"lookback": text}).settings.lookback == length


@pytest.mark.parametrize(
    "wrong", ["30", 30, "30 d", "30D", "1.5d", "-1d", "d", "", "P30D", "30s", "١d", "1d12h", True, None]
)
def test_a_lookback_of_another_form_is_shown_the_form(wrong: object) -> None:
    with pytest.raises(
        ProgramError, match="is not a duration; write a whole number and m, h, d or w, such as 12h or 30d"
    ):
        program(settings={"lookback": wrong})


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        pytest.param("3651d", "too long; the most is 3650d", id="a day too long"),
        pytest.param("5256001m", "too long; the most is 3650d", id="a minute too long"),
        pytest.param(timedelta(days=-1), "not a whole number of minutes from 0m", id="negative"),
        pytest.param(timedelta(seconds=90), "not a whole number of minutes", id="no file can say it"),
    ],
)
def test_a_lookback_has_bounds(wrong: object, message: str) -> None:
    with pytest.raises(ProgramError, match=message):
        program(settings={"lookback": wrong})


@pytest.mark.parametrize(
    ("length", "text"), [("14d", "14d"), ("2w", "14d"), ("36h", "36h"), ("48h", "2d"), ("90m", "90m"), ("0m", "0d")]
)
def test_a_lookback_is_written_in_the_largest_unit_up_to_days(length: str, text: str) -> None:
    assert program(settings={"lookback": length}).model_dump(mode="json")["settings"]["lookback"] == text


@pytest.mark.parametrize(
    ("setting", "value", "message"),
    [
        (
            "literal_case",
            "Insensitive",
            "'Insensitive' is not one of sensitive, insensitive; did you mean 'insensitive'?",
        ),
        ("regex_match", "ful", "'ful' is not one of full, search; did you mean 'full'?"),
        ("uncredited", "default_", "did you mean 'default'?"),
        ("default_crediting", None, "null is not one of last_click, none"),
        ("resolution", "all", "'all' is not one of one, split, each"),
        ("resolution", 1, "1 is not one of one, split, each"),
        ("code_separator", "", "is empty; leave it out, or write null, for no separator"),
        ("code_separator", 5, "5 is not text"),
        (
            "timezone",
            "Europe/Londn",
            "'Europe/Londn' is not an IANA time zone such as Europe/London; did you mean 'Europe/London'?",
        ),
        ("timezone", "europe/london", "did you mean 'Europe/London'?"),
        ("timezone", "+02:00", "is not an IANA time zone"),
        ("timezone", "localtime", "is not an IANA time zone"),
        ("timezone", "../etc/passwd", "is not an IANA time zone"),
        ("timezone", "America", "is not an IANA time zone"),
        ("timezone", "", "is not an IANA time zone"),
        ("timezone", None, "null is not text"),
        ("lookbak", "30d", "is no setting; there are lookback, .*timezone; did you mean 'lookback'?"),
        (None, "30d", "is no setting; there are lookback"),
        (5, "30d", "is no setting; there are lookback"),
    ],
)
def test_a_wrong_setting_is_named(setting: object, value: object, message: str) -> None:
    with pytest.raises(ProgramError, match=f"settings: {setting}: .*") as failure:
        program(settings={setting: value})
    (problem,) = failure.value.problems
    assert (problem.place.position, problem.place.field) == ("settings", str(setting))
    assert message.rsplit(".*", maxsplit=1)[-1] in str(problem)


@pytest.mark.parametrize("settings", [5, "30d", ["lookback"]], ids=repr)
def test_settings_are_an_object(settings: object) -> None:
    with pytest.raises(ProgramError, match="is not an object with settings"):
        program(settings=settings)


def test_a_preset_sets_what_nothing_explicit_says() -> None:
    assert program(preset="impact.com").settings.literal_case == "insensitive"
    kept = program(preset="impact.com", settings={"literal_case": "sensitive"})
    assert (kept.preset, kept.settings.literal_case) == ("impact.com", "sensitive")


@pytest.mark.parametrize(
    ("preset", "hint"), [("impact", "did you mean 'impact.com'?"), (5, ""), ("", ""), (["impact.com"], "")]
)
def test_an_unknown_preset_is_named(preset: object, hint: str) -> None:
    with pytest.raises(ProgramError) as failure:
        program(preset=preset)
    assert f"is not one of impact.com{'; ' * bool(hint)}{hint}" in str(failure.value)


def test_arguments_override_the_file_setting_by_setting(file: Write) -> None:
    path = file(
        "p.json", {"preset": None, "settings": {"lookback": "7d", "uncredited": "default"}, "promo_codes": [code()]}
    )
    loaded = Program.load(path, preset="impact.com", settings={"lookback": "12h"})
    assert loaded.settings == Settings(lookback="12h", uncredited="default", literal_case="insensitive")  # type: ignore[arg-type]
    assert loaded.preset == "impact.com"


def test_a_wrong_preset_of_the_file_is_wrong_under_any_argument(file: Write) -> None:
    path = file("p.json", {"preset": "impact", "promo_codes": [code()]})
    with pytest.raises(ProgramError, match="preset: 'impact' is not one of"):
        Program.load(path, preset="impact.com")


def test_a_setting_of_the_file_is_more_explicit_than_a_preset_given_as_argument(file: Write) -> None:
    path = file("p.json", {"settings": {"literal_case": "sensitive"}, "promo_codes": [code()]})
    assert Program.load(path, preset="impact.com").settings.literal_case == "sensitive"
    both = Program.load(path, preset="impact.com", settings={"literal_case": "insensitive"})
    assert both.settings.literal_case == "insensitive"


def test_a_null_argument_takes_the_separator_away(file: Write) -> None:
    path = file("p.json", {"settings": {"code_separator": ","}, "promo_codes": [code()]})
    assert Program.load(path).settings.code_separator == ","
    assert Program.load(path, settings={"code_separator": None}).settings.code_separator is None


def test_wrong_arguments_are_reported_as_such(file: Write) -> None:
    with pytest.raises(ProgramError, match=r"^1 problem in the arguments\n  settings: lookbak: is no setting"):
        Program.load(file("p.json", [code()]), settings={"lookbak": "7d"})


def test_other_rules_for_the_same_promo_codes() -> None:
    before = program(preset="impact.com", settings={"lookback": "7d"})
    after = before.with_settings(lookback="60d", resolution="split")
    assert (after.settings.lookback, after.settings.resolution) == (timedelta(days=60), "split")
    assert after.settings.literal_case == "insensitive"
    assert after.promo_codes is before.promo_codes
    assert before.settings.lookback == timedelta(days=7)


def test_other_rules_are_checked() -> None:
    with pytest.raises(ProgramError, match="did you mean 'resolution'"):
        program().with_settings(resolutoin="split")


def test_programs_and_their_parts_do_not_change() -> None:
    made = program()
    for part, field in [(made, "settings"), (made.settings, "lookback"), (made.promo_codes[0], "code")]:
        with pytest.raises(ValueError, match="frozen"):
            setattr(part, field, None)


def test_the_programs_are_sorted_and_distinct() -> None:
    made = Program.model_validate([code(id=str(n), program_id=p) for n, p in enumerate(["9", "10", None, "9", ""])])
    assert made.program_ids == ("10", "9")


def test_a_program_made_of_records_is_checked_as_a_whole() -> None:
    record = PromoCode.model_validate(code())
    with pytest.raises(ProgramError, match="'1' is the id of another promo code too"):
        Program(promo_codes=(record, record))
