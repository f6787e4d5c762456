"""What the code has is in the manual: commands, options, settings, columns, words, codes."""

import re
from enum import StrEnum
from pathlib import Path

import pytest

from attribution import terms
from attribution.cli.faults import FAULT, FINDINGS, INTERRUPTED
from attribution.events.column_names import CLICKS, CONVERSIONS
from attribution.events.schema import CREDITS, REJECTED, VERDICTS
from attribution.explaining.explain import ClicksFrom
from attribution.explaining.wording import REASONS
from attribution.program import Settings
from attribution.program.durations import duration_text
from attribution.program.promo_code import PromoCode
from attribution.program.settings import PRESETS
from attribution.program.spellings import FLAT
from attribution.terms import Outcome, Reason, RowReason
from tests.cli.terminal import PROGRAM, TABLES, answer
from tests.manual.generated import COMMANDS
from tests.manual.pages import manual, page, rows, section, words

SHARED = section("command-line", "## Options that several commands share")


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (command, name)
        for command, made in COMMANDS.items()
        for parameter in made.params
        for name in (parameter.opts if parameter.param_type_name == "option" else [parameter.name.upper()])
        if name not in ("-h", "--help")
    ],
)
def test_every_option_is_in_the_manual(command: str, name: str) -> None:
    assert name in words(SHARED) | words(page(command))


def test_every_option_of_the_manual_exists() -> None:
    known = {name for made in COMMANDS.values() for parameter in made.params for name in parameter.opts}
    said = {word for word in words(manual()) if re.fullmatch("--[a-z-]+", word)}
    assert said - known == {"--help", "--version", "--debug"}


def test_settings_have_the_defaults_and_values_of_the_manual() -> None:
    table = {name.strip("`"): (default, values) for name, default, values, _ in rows(page("settings"))[2:]}
    assert list(table) == list(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        default, values = table[name]
        expected = duration_text(field.default) if name == "lookback" else str(field.default or "none")
        assert default.strip("`") == expected
        if isinstance(field.default, StrEnum):
            assert words(values) == set(type(field.default))


def test_presets_are_in_the_manual() -> None:
    assert set(PRESETS) <= words(page("settings"))
    assert {name for preset in PRESETS.values() for name in preset} <= words(page("settings"))


@pytest.mark.parametrize("table", [CONVERSIONS, CLICKS], ids=["conversions", "clicks"])
def test_columns_of_events_have_the_other_names_of_the_manual(table: object) -> None:
    columns = rows(section("event-tables", "## Columns"))
    start = next(index for index, row in enumerate(columns) if row[0] == table.name)  # type: ignore[attr-defined]
    found = {}
    for first, name, required, others, _ in columns[start:]:
        if first and first != table.name:  # type: ignore[attr-defined]
            break
        found[name.strip("`")] = (required == "yes", tuple(re.findall("`(.*?)`", others)))
    expected = {name: (name in table.required, others) for name, others in table.aliases.items()}  # type: ignore[attr-defined]
    assert found == expected


def test_fields_of_promo_codes_are_in_the_manual() -> None:
    said = words(page("program-files"))
    assert set(PromoCode.model_fields) <= said
    assert {name for name in FLAT if not name.startswith("deal.")} - said == set()


@pytest.mark.parametrize("schema", [CREDITS, VERDICTS, REJECTED], ids=["credits", "verdicts", "rejected"])
def test_columns_of_results_are_in_the_manual(schema: object) -> None:
    assert set(schema) <= words(page("results")) | words(page("bad-rows"))  # type: ignore[call-overload]


def test_reasons_mean_what_the_manual_says() -> None:
    table = section("concepts", "## Outcomes and reasons")
    found = re.findall(r"^\| `(\w+)` \| `(\w+)` \| (.*) \|$", table, re.MULTILINE)
    assert {reason: meaning for _, reason, meaning in found} == {str(reason): said for reason, said in REASONS.items()}
    assert {outcome for outcome, _, _ in found} == set(Outcome)
    assert set(REASONS) == set(Reason)


def test_reasons_of_bad_rows_are_in_the_manual_in_their_order() -> None:
    assert re.findall(r"^\| `([A-Z_]+)` \|", page("bad-rows"), re.MULTILINE) == list(RowReason)


def test_keys_of_the_json_of_credit_are_in_the_manual(tmp_path: Path) -> None:
    found = answer("credit", PROGRAM, *TABLES, "--output", tmp_path)
    keys_of = re.findall(r"^\| (`.*) \| (.*) \|$", section("credit", "## JSON"), re.MULTILINE)
    documented = {key: words(meaning) for keys, meaning in keys_of for key in words(keys)}
    assert set(found) <= set(documented)
    for key, value in found.items():
        inner = value[0] if isinstance(value, list) else value
        if isinstance(inner, dict):
            assert set(inner) <= documented[key], key


def test_where_the_clicks_of_an_explanation_come_from_is_in_the_manual() -> None:
    assert {"clicks_from", *ClicksFrom} <= words(page("explain"))


def test_exit_codes_are_in_the_manual() -> None:
    codes = re.findall(r"^\| (\d+) \|", section("command-line", "## Exit codes"), re.MULTILINE)
    assert codes == ["0", str(FINDINGS), "2", str(FAULT), str(INTERRUPTED)]


def test_every_word_of_the_field_is_in_the_manual() -> None:
    enums = [found for found in vars(terms).values() if isinstance(found, type) and issubclass(found, StrEnum)]
    missing = {str(word) for enum in enums if enum is not StrEnum for word in enum} - words(manual())
    assert missing == set()
