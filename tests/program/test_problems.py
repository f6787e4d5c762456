"""The report of everything wrong with a program, word for word."""

import re

import pytest

from attribution.errors import AttributionError
from attribution.program import Problem, Program, ProgramError
from attribution.program.problem import Place
from tests.program.pages import Write, code

NATIVE = """\
preset: impact
setings: {}
settings:
  lookback: 30
  literal_case: Insensitive
  timezone: Europe/Londn
promo_codes:
  - {id: 11, code: SAVE10, match_mode: LI, credit_rule: ALWAYS, partner_id: 7}
  - {id: 12, code: SAVE20, match_mode: LI, credit_rule: INVOLVD, partner_id: 7, end_date: 31/12/2026}
  - {id: 13, code: "^SAVE(10|20$", match_mode: RE, credit_rule: WINNER, partner_id: 7}
  - {id: 11, code: SAVE30, matchMode: LI, credit_rule: ALWAYS, partner_id: 7}
"""
BRAND = """\
{"@page": "1", "PromoCodes": [
  {"Id": 11, "Code": "A", "Type": "EXACT", "CreditPolicy": "WINER", "AssignedPartnerId": 7, "CampaignId": true},
  {"Id": 11, "Code": "B", "Type": "LI", "CreditPolicy": "ALWAYS", "CreditRule": "WINNER", "AssignedPartnerId": 7},
  {"Id": 14, "Code": "C", "Type": "LI", "CreditPolicy": "ALWAYS", "StartDate": "2026-02-30", "State": "PENDING"}
]}
"""
BULK = "Promo Code,Credit Rule,Match Mode\nA,ALWAYS,LI\nB,NEVER,LI\n"

BORROWED = re.compile(r"(pattern is not valid): .*")
"""The words that `regex` has for what is wrong."""

REPORT = """\
23 problems in 4 files
  program.yaml: setings: is not known here; a program has preset, settings, promo_codes, allow; did you mean 'settings'?
  program.yaml: preset: 'impact' is not one of impact.com; did you mean 'impact.com'?
  program.yaml: settings: lookback: '30' is not a duration; write a whole number and m, h, d or w, such as 12h or 30d
  program.yaml: settings: literal_case: 'Insensitive' is not one of sensitive, insensitive; did you mean 'insensitive'?
  program.yaml: settings: timezone: 'Europe/Londn' is not an IANA time zone such as Europe/London; did you mean 'Europe/London'?
  program.yaml: promo_codes[1] (id 12): credit_rule: 'INVOLVD' is not one of ALWAYS, INVOLVED, WINNER; did you mean 'INVOLVED'?
  program.yaml: promo_codes[1] (id 12): end_date: '31/12/2026' is not an ISO 8601 date-time such as 2026-06-01T00:00:00-07:00
  program.yaml: promo_codes[2] (id 13): code: pattern is not valid: ...
      ^SAVE(10|20$
                  ^
  program.yaml: promo_codes[3] (id 11): match_mode: missing; it is spelled match_mode, MatchMode, Match Mode or Type; did you mean it by 'matchMode'?
  program.yaml: promo_codes[3]: id: '11' is the id of another promo code too: promo_codes[0] in program.yaml
  page.json: PromoCodes[0] (id 11): Type: 'EXACT' is not one of LI, RE
  page.json: PromoCodes[0] (id 11): CreditPolicy: 'WINER' is not one of ALWAYS, INVOLVED, WINNER; did you mean 'WINNER'?
  page.json: PromoCodes[0] (id 11): CampaignId: true is not text; put it in quotes
  page.json: PromoCodes[0]: id: '11' is the id of another promo code too: promo_codes[0] in program.yaml
  page.json: PromoCodes[1] (id 11): CreditRule: given twice with different values: CreditRule 'WINNER' and CreditPolicy 'ALWAYS'
  page.json: PromoCodes[1]: id: '11' is the id of another promo code too: promo_codes[0] in program.yaml
  page.json: PromoCodes[2] (id 14): partner_id: missing: whose promo code is it? An export of a partner's own codes leaves the partner out; give it with partner_id= (--partner-id)
  page.json: PromoCodes[2] (id 14): State: 'PENDING' is not one of ACTIVE, INACTIVE, FUTUREDATE, EXPIRED
  page.json: PromoCodes[2] (id 14): StartDate: '2026-02-30' is not a date-time: no calendar has that day
  bulk.csv: line 2: partner_id: missing: whose promo code is it? An export of a partner's own codes leaves the partner out; give it with partner_id= (--partner-id)
  and 3 more
"""  # noqa: E501 - lines of a report


def test_everything_wrong_in_all_files_is_one_report(file: Write) -> None:
    paths = [file("program.yaml", NATIVE), file("page.json", BRAND), file("bulk.csv", BULK)]
    with pytest.raises(ProgramError) as failure:
        Program.load([*paths, paths[0].with_name("absent.json")])
    root = str(paths[0].parent)
    assert BORROWED.sub(r"\1: ...", str(failure.value).replace(root, "")) + "\n" == REPORT


def test_the_report_names_one_file_only_once(file: Write) -> None:
    promo_codes = [code(id=str(n), code=f"C{n}") for n in range(3)] + [code(id=12, credit_rule="INVOLVD")]
    with pytest.raises(ProgramError) as failure:
        Program.load(
            file("program.json", {"promo_codes": promo_codes, "settings": {"resolution": "any", "lookback": "1y"}})
        )
    assert str(failure.value) == (
        "3 problems in program.json\n"
        "  settings: lookback: '1y' is not a duration; write a whole number and m, h, d or w, such as 12h or 30d\n"
        "  settings: resolution: 'any' is not one of one, split, each\n"
        "  promo_codes[3] (id 12): credit_rule: 'INVOLVD' is not one of ALWAYS, INVOLVED, WINNER; "
        "did you mean 'INVOLVED'?"
    )


def test_a_wrong_pattern_is_shown_with_a_caret() -> None:
    with pytest.raises(ProgramError) as failure:
        Program.model_validate([code(id="12", match_mode="RE", code="^(SAVE|SALE.*")])
    first, pattern, caret = str(failure.value).split("\n")[1:]
    assert first.startswith("  [0] (id 12): code: pattern is not valid: ")
    assert pattern.strip() == "^(SAVE|SALE.*"
    assert caret.strip() == "^"
    assert caret.index("^") >= pattern.index("^")


def test_a_literal_is_no_pattern() -> None:
    assert Program.model_validate([code(code="(SAVE")]).promo_codes[0].code == "(SAVE"


def test_a_problem_is_a_value() -> None:
    with pytest.raises(ProgramError) as failure:
        Program.model_validate({"PromoCodes": [{**code(credit_rule=...), "CreditPolicy": "NEVER"}]})
    message = "'NEVER' is not one of ALWAYS, INVOLVED, WINNER"
    place = Place(position="PromoCodes[0]", field="CreditPolicy")
    assert failure.value.problems == (Problem(message, place=place, value="NEVER"),)
    assert failure.value.problems[0].promo_code == "1"
    assert isinstance(failure.value, AttributionError)
    assert failure.value.exit_code == 2


@pytest.mark.parametrize(
    ("count", "tail"),
    [pytest.param(20, "", id="as many as are printed"), pytest.param(25, "\n  and 5 more", id="more than are printed")],
)
def test_a_long_report_is_cut_and_says_so(count: int, tail: str) -> None:
    with pytest.raises(ProgramError) as failure:
        Program.model_validate([code(id=str(n), credit_rule=f"R{n}") for n in range(count)])
    text = str(failure.value)
    assert len(failure.value.problems) == count
    assert text.count("\n") == 20 + bool(tail)
    assert text.endswith(f"is not one of ALWAYS, INVOLVED, WINNER{tail}")


@pytest.mark.parametrize(("count", "lines"), [pytest.param(3, 3, id="few"), pytest.param(4, 1, id="many")])
def test_what_many_promo_codes_share_is_said_once(count: int, lines: int) -> None:
    with pytest.raises(ProgramError) as failure:
        Program.model_validate([code(id=str(n), partner_id=...) for n in range(count)])
    text = str(failure.value)
    assert text.startswith(f"{count} problems in the program\n  [0] (id 0): partner_id: missing")
    assert text.count("\n") == lines
    assert text.endswith("(and 3 more like this)") is (count == 4)


def test_a_long_value_is_cut() -> None:
    with pytest.raises(ProgramError) as failure:
        Program.model_validate([code(start_date="x" * 5000)])
    assert len(str(failure.value)) < 300
