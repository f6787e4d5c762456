"""Whatever is wrong with a file of cases: line, column, what is wrong and the way out, all at once."""

from pathlib import Path

import pytest

from attribution.cases.nodes import CasesError
from attribution.cases.run import NoSuchCaseError, run_cases
from tests.case_files.shop import HEAD, PROGRAM, problems, run, write

TIMES = "write 2026-03-01 12:00, 2d before, 1h30m before, 10s after or at the same time"
CLICK = "; a click is PARTNER WHEN, or a mapping {partner_id: ..., at: ...}"
FORM = "write PARTNER by PROMO_CODE, WORD, such as bob by SAVE10, RULE_WINNER; or a mapping {partner: ...}"
WORDS = "is no outcome, reason, credit rule or share"
A_CASE = "name, order, conversions, at, customer, program_id, clicks, expect"
AN_ORDER = "promo_code, at, customer, program_id, amount, currency, id"
CREDIT = (
    "outcome, reason, partner_id, promo_code, promo_code_id, credit_rule, used_code, share, winner_partner_id, "
    "last_click_time, path_clicks, program_id"
)

CASES = [
    ("expct: bob", [
        f"5:5: 'expct' is no key of a case; there are {A_CASE}; did you mean 'expect'?",
        "4:5: a case has expect: who is credited, such as expect: bob by SAVE10",
    ]),
    ("order: {promocode: X}\nexpect: bob",
     [f"5:13: 'promocode' is no key of an order; there are {AN_ORDER}; did you mean 'promo_code'?"]),
    ("clicks: {partner: amy, when: 1d before}\nexpect: bob",
     ["5:28: 'when' is no key of a click; there are partner_id, at, customer, click_id, program_id"]),
    ("expect: {partnr: bob}",
     [f"5:14: 'partnr' is no key of an expected credit; there are {CREDIT}; did you mean 'partner'?"]),
    ("conversions: [{expect: bob, when: 1}]",
     [f"5:33: 'when' is no key of a conversion; there are {AN_ORDER}, expect"]),
    ("expect: bob\n[a]: 1", [f"6:5: a list is no key of a case; there are {A_CASE}"]),
    ("order: {at: 2026-01-01, event_time: 2026-01-01}\nexpect: bob",
     ["5:29: 'event_time' and 'at' are the same thing; give one of them"]),
    ("expect: bob\nexpect: amy", ["6:5: the key 'expect' is given twice"]),
    ("order: X", ["4:5: a case has expect: who is credited, such as expect: bob by SAVE10"]),
    ("order: X\nconversions: [{expect: bob}]\nexpect: bob", [
        "5:5: a case with conversions has no order; each conversion has its own",
        "7:5: a case with conversions has no expect; each conversion has its own",
    ]),
    ("conversions: []", ["5:18: conversions is a list of mappings, each with promo_code and expect"]),
    ("conversions: [SAVE10]",
     ["5:19: 'SAVE10' is no conversion; it is a mapping with promo_code and expect"]),
    ("conversions: [{customer: ann, expect: bob}, {customer: ben, expect: bob}]\n"
     "clicks: [{partner: bob, at: 1d before, customer: ann}, amy 1d before]",
     ["6:5: clicks of customer '1', who has no order here; give them a customer"]),
    ("customer: null\nconversions: [{customer: ann, expect: bob}]\nclicks: [amy 1d before]",
     ["7:5: clicks of a guest, who has no order here; give them a customer"]),
    ("conversions: [{promo_code: SAVE10}]",
     ["5:19: a conversion has expect: who is credited, such as expect: bob by SAVE10"]),
    ("conversions: [{id: a, expect: bob}, {id: a, expect: bob}]", ["5:5: two conversions have the id 'a'"]),
    ("order: #SAVE10\nexpect: bob",
     ["5:11: a code is missing; quote one that begins with #, write null for none"]),
    ("order:\n  promo_code: #SAVE10\nexpect: bob",
     ["6:18: a code is missing; quote one that begins with #, write null for none"]),
    ("order: [[X]]\nexpect: bob", ["5:13: a list is no used code; it is one text"]),
    ("order: {amount: 12.50 EUR}\nexpect: bob", ["5:21: '12.50 EUR' cannot be read as an amount"]),
    ("order: {customer: [a]}\nexpect: bob", ["5:23: a list is no customer; it is one text"]),
    ("at: yesterday\nexpect: bob", [f"5:9: 'yesterday' is no time; {TIMES}"]),
    ("at: null\nexpect: bob", ["5:9: null is no time; leave at out"]),
    ("at: 2026-02-30\nexpect: bob",
     [f"5:9: '2026-02-30' is no time (no calendar has that day); {TIMES}"]),
    ("clicks: [amy yesterday]\nexpect: bob", [f"5:14: 'yesterday' is no time; {TIMES}{CLICK}"]),
    ("clicks: [2d before]\nexpect: bob", [f"5:14: 'before' is no time; {TIMES}{CLICK}"]),
    ("clicks: [my partner 2d before]\nexpect: bob", [f"5:14: 'partner 2d before' is no time; {TIMES}{CLICK}"]),
    ("clicks: [{partner: amy, at: [1d before]}]\nexpect: bob", ["5:33: a list is no time; it is one text"]),
    ("clicks: [{partner: amy, at: null}]\nexpect: bob", ["5:33: null is no time; leave at out"]),
    ("clicks: [{partner: amy, at: ''}]\nexpect: bob", [f"5:33: '' is no time; {TIMES}{CLICK}"]),
    ("clicks: [{at: 1d before}]\nexpect: bob", ["5:14: a click has a partner_id"]),
    ("clicks: [{partner: '', at: 1d before}]\nexpect: bob", ["5:15: a click has a partner_id"]),
    ("clicks: ['', null]\nexpect: bob", [
        "5:14: '' is no click; write PARTNER WHEN, such as amy 2d before",
        "5:18: null is no click; write PARTNER WHEN, such as amy 2d before",
    ]),
    ("clicks: [amy, bob 2d before]\nexpect: bob",
     ["5:13: all clicks of a case have a time, or none has: the click of partner 'amy' has no time"]),
    ("clicks: [amy 9999999d before]\nexpect: bob", [f"5:14: '9999999d before' is outside the years 1 to 9999{CLICK}"]),
    ("at: 0001-01-01\nclicks: [amy]\nexpect: bob", ["6:13: these clicks would be before the year 1"]),
    ("expect: null", ["5:13: null says nothing; write nobody where nobody is to be credited"]),
    ("expect: []", ["5:13: a list says nothing; write nobody where nobody is to be credited"]),
    ("expect: [null, bob]", ["5:14: null says nothing; write nobody where nobody is to be credited"]),
    ("expect: {}", ["5:13: an expected credit without any field expects nothing"]),
    ("expect: [[bob]]", ["5:14: a list is no expected credit; it is one text"]),
    ("expect: bob, WINER", [f"5:13: 'WINER' {WORDS}; did you mean 'WINNER'?; {FORM}"]),
    ("expect: bob, amy", [f"5:13: 'amy' {WORDS}; {FORM}"]),
    ("expect: bob SAVE10", [f"5:13: 'bob SAVE10' is no expected credit; {FORM}"]),
    ("expect: bob by", [f"5:13: 'bob by' is no expected credit; {FORM}"]),
    ("expect: bob, WINNER, ALWAYS", ["5:13: 'ALWAYS' is a second credit rule in 'bob, WINNER, ALWAYS'"]),
    ("expect: [bob, WINNER]", [
        "5:19: each of several expected credits has its partner; for one credit, leave the brackets out: bob, WINNER",
    ]),
    ("expect: [bob, amy, bob]", ["5:24: partner 'bob' is expected twice; a partner is credited once"]),
    ("expect: {outcome: PAID}",
     ["5:23: outcome: 'PAID' is not one of PROMO_CODE, LAST_CLICK, WITHHELD, UNATTRIBUTED"]),
    ("expect: {credit_rule: winner}",
     ["5:27: credit_rule: 'winner' is not one of ALWAYS, INVOLVED, WINNER; did you mean 'WINNER'?"]),
    ("expect: {reason: null}", ["5:22: reason: is never null"]),
    ("expect: {share: half}", ["5:21: share: 'half' is no share; write 1, 1/2 or 0.5"]),
    ("expect: {share: 1/0}", ["5:21: share: '1/0' is no share; write 1, 1/2 or 0.5"]),
    ("expect: {path_clicks: two}", ["5:27: path_clicks: 'two' is no number of clicks"]),
    ("expect: {last_click_time: noon}", [f"5:31: last_click_time: 'noon' is no time; {TIMES}"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "messages"), CASES, ids=[body.replace("\n", "|") for body, _ in CASES])
def test_what_is_wrong_with_a_case_is_named_with_its_place(tmp_path: Path, body: str, messages: list[str]) -> None:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    assert problems(tmp_path, f"{HEAD}  - name: it\n{lines}") == sorted(messages, key=_place)


def _place(message: str) -> tuple[int, int]:
    line, column, _ = message.split(":", 2)
    return int(line), int(column)


NAMED = "it is a mapping with program and cases"
LIST = "write cases: and a list, each with name, order and expect"
CASE = "  - {name: it, at: 2026-03-01, expect: nobody}\n"
KEYS = "program, partner_id, preset, settings, partners, defaults, cases"

FILES = [
    ("", [f" is empty; {NAMED}"]),
    ("# nothing\n", [f" is empty; {NAMED}"]),
    ("- name: it\n", [f" a list is no file of cases; {NAMED}"]),
    ("SAVE10\n", [f" 'SAVE10' is no file of cases; {NAMED}"]),
    (f"cases:\n{CASE}", ["1:1: names no program; write program: and a path that is relative to this file"]),
    (f"program:\ncases:\n{CASE}", ["1:1: names no program; write program: and a path that is relative to this file"]),
    (f"program: {{a: b}}\ncases:\n{CASE}", [
        "1:1: names no program; write program: and a path that is relative to this file",
        "1:10: a mapping is no path of a program file; it is one text",
    ]),
    (f"progam: x\ncases:\n{CASE}", [
        f"1:1: 'progam' is no key of a file of cases; there are {KEYS}; did you mean 'program'?",
        "1:1: names no program; write program: and a path that is relative to this file",
    ]),
    ("program: program.yaml\n", [f"1:1: there are no cases; {LIST}"]),
    ("program: program.yaml\ncases:\n", [f"2:7: there are no cases; {LIST}"]),
    ("program: program.yaml\ncases: []\n", [f"2:8: there are no cases; {LIST}"]),
    ("program: program.yaml\ncases: {name: it}\n", [f"2:8: a mapping is no list of cases; {LIST}"]),
    ("program: program.yaml\ncases: [it]\n", ["2:9: 'it' is no case; a case has name, order and expect"]),
    ("program: program.yaml\ncases: [{name: it, expect: bob, clicks: [amy 1d before]}]\n",
     ["2:9: when was the order? Give at, in the case or in the file's defaults"]),
    ("program: program.yaml\ncases: [{name: it, at: 1d before, expect: bob}]\n", [
        "2:9: when was the order? Give at, in the case or in the file's defaults",
        "2:24: '1d before' is relative; give the case an absolute at",
    ]),
    ("program: program.yaml\ncases: [{name: it, conversions: [{at: 2026-03-01, expect: bob}], clicks: [amy]}]\n",
     ["2:74: clicks without times need the case's at, which they come before"]),
    ("program: program.yaml\ndefaults: {at: 2026-03-01, code: X}\ncases: [{name: it, expect: bob}]\n",
     ["2:28: 'code' is no key of defaults; there are at, customer, program_id"]),
    ("program: program.yaml\ndefaults: 2026-03-01\ncases: [{name: it, at: 2026-03-01, expect: bob}]\n",
     ["2:11: '2026-03-01' is no mapping of defaults; they are at, customer, program_id"]),
    (f"program: program.yaml\nsettings: 14d\ncases:\n{CASE}", ["2:11: '14d' is no mapping of settings"]),
    (f"program: program.yaml\nsettings: {{[a]: b, lookback: [14d]}}\ncases:\n{CASE}", [
        "2:12: a list is no name in settings; it is one text",
        "2:30: a list is no value; it is one text",
        "2:30: lookback: null is not a duration; write a whole number and m, h, d or w, such as 12h or 30d",
    ]),
    (f"program: program.yaml\npartners: {{nobody: bob, amy: bob, bob: bob, carl: }}\ncases:\n{CASE}", [
        "2:12: 'nobody' is not the name of a partner here",
        "2:25: 'amy' is the id of another partner of the program",
        "2:45: 'carl' is given no partner id",
    ]),
    ("program: program.yaml\ndefaults: {at: 2026-03-01}\ncases:\n- {expect: bob}\n- {name: '', expect: bob}\n"
     "- {name: it, expect: bob}\n- {name: it, expect: bob}\n", [
         "4:3: a case has a name: a sentence that says what is to happen",
         "5:10: a case has a name: a sentence that says what is to happen",
         "7:10: the case of line 6 has the same name",
     ]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "messages"), FILES, ids=[text[:60].replace("\n", "|") for text, _ in FILES])
def test_what_is_wrong_with_a_file_is_named_with_its_place(tmp_path: Path, text: str, messages: list[str]) -> None:
    assert problems(tmp_path, text) == messages


@pytest.mark.parametrize(("text", "place"), [("a: b: c\n", "1:5"), ("a: 1\n---\nb: 2\n", "2:1")])
def test_what_is_not_yaml_is_named_with_its_place_and_a_way_out(tmp_path: Path, text: str, place: str) -> None:
    (message,) = problems(tmp_path, text)
    assert message.startswith(f"{place}: is not YAML: ")
    assert message.endswith("; text may need quotes")


def test_a_program_that_cannot_be_used_is_a_problem_of_the_file_that_names_it(tmp_path: Path) -> None:
    text = f"program: program.yaml\ncases:\n{CASE}  - {{name: other}}\n"
    first, *_, last = problems(tmp_path, text, PROGRAM.replace("ALWAYS", "SOMETIMES"))
    assert first.startswith("1:1: the program cannot be used: 1 problem in program.yaml\n  promo_codes[1] (id 2)")
    assert last.startswith("4:5: a case has expect")


def test_wrong_settings_of_the_file_are_named_where_they_are(tmp_path: Path) -> None:
    text = f"program: program.yaml\npreset: impact\nsettings: {{uncredited: 'no', x: 1}}\ncases:\n{CASE}"
    assert problems(tmp_path, text) == [
        "2:9: preset: 'impact' is not one of impact.com; did you mean 'impact.com'?",
        "3:24: uncredited: 'no' is not one of withhold, default",
        "3:33: x: is no setting; there are lookback, literal_case, regex_match, code_separator, uncredited, "
        "default_crediting, resolution, timezone",
    ]


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    (message,) = problems(tmp_path, f"program: other.yaml\ncases:\n{CASE}")
    assert message.startswith("1:1: the program cannot be used: 1 problem in other.yaml\n  no such file: ")
    assert message.endswith("other.yaml")


def test_a_file_that_names_partners_names_every_one_that_has_no_promo_code(tmp_path: Path) -> None:
    def found(clicks: str, expect: str = "nobody", key: str = "partners") -> list[str]:
        case = f"- {{name: it, at: 2026-03-01, clicks: [{clicks}], expect: {expect}}}"
        text = f"program: program.yaml\n{key}: {{robert: bob, rival: 77}}\ncases:\n{case}\n"
        return problems(tmp_path, text)

    assert found("bob, robert, rival, 77, amy", "{partner: amy, winner: amy, outcome: LAST_CLICK}") == []
    assert found("amy, robret") == [
        "4: partner 'robret' is not in partners, and has no promo code; did you mean 'robert'?"
    ]
    assert found("amy", "{winner: carl}") == ["4: partner 'carl' is not in partners, and has no promo code"]
    assert found("robret", "{winner: carl}", "# partners") == []


def test_an_order_without_program_is_wrong_where_the_promo_codes_name_several(tmp_path: Path) -> None:
    several = PROGRAM.replace("partner_id: amy}", "partner_id: amy, program_id: 7}", 1)
    assert problems(tmp_path, f"program: program.yaml\ncases:\n{CASE}", several) == []
    several = several.replace("partner_id: bob}", "partner_id: bob, program_id: 8}", 1)
    assert problems(tmp_path, f"program: program.yaml\ncases:\n{CASE}", several) == [
        "3: the promo codes name several programs (7, 8); give program_id, here or in defaults"
    ]
    given = f"program: program.yaml\ndefaults: {{program_id: 8}}\ncases:\n{CASE}"
    assert problems(tmp_path, given, several) == []


@pytest.mark.parametrize("text", [PROGRAM, '{"@page": "1", "PromoCodes": []}'], ids=["native", "an API response"])
def test_a_program_given_as_cases_is_called_one(tmp_path: Path, text: str) -> None:
    with pytest.raises(CasesError) as caught:
        run_cases(write(tmp_path, text, name="given.yaml"))
    (problem,) = caught.value.problems
    assert str(problem) == "is a program and no file of cases; a file of cases names it: program: and this path"


def test_the_problems_of_all_files_are_reported_together(tmp_path: Path) -> None:
    one = write(tmp_path, "", name="one.yaml")
    (tmp_path / "two.yaml").write_bytes(b"\xff")
    paths = [one, tmp_path / "two.yaml", tmp_path / "three.yaml", tmp_path]
    with pytest.raises(CasesError) as caught:
        run_cases(paths)
    assert str(caught.value).replace(f"{tmp_path}/", "") == (
        "4 problems in 4 files\n"
        "  one.yaml: is empty; it is a mapping with program and cases\n"
        "  two.yaml: is not UTF-8 text, at byte 0\n"
        "  three.yaml: no such file\n"
        f"  {tmp_path}: is a directory; give the files in it"
    )
    assert caught.value.exit_code == 2


def test_the_message_of_one_file_names_it_first(tmp_path: Path) -> None:
    with pytest.raises(CasesError, match=r"^2 problems in .*cases\.yaml\n  .*cases\.yaml:1:1: 'a' is no key"):
        run_cases(write(tmp_path, f"a: b\nprogram: program.yaml\nb: c\ncases:\n{CASE}"))


def test_a_problem_that_an_alias_repeats_is_said_once(tmp_path: Path) -> None:
    text = HEAD + "  - {name: a, clicks: &x [amy soon], expect: bob}\n  - {name: b, clicks: *x, expect: bob}\n"
    assert len(problems(tmp_path, text)) == 1


def test_an_alias_of_itself_ends(tmp_path: Path) -> None:
    assert problems(tmp_path, HEAD + "  - &x {name: a, clicks: [*x], expect: bob}\n") != []
    assert problems(tmp_path, HEAD + "  - &x {<<: *x, name: a, expect: bob}\n") == []


def test_no_case_of_that_name_is_misuse(tmp_path: Path) -> None:
    with pytest.raises(NoSuchCaseError, match="'xyz' is not in the name of the only case"):
        run(tmp_path, CASE, select="xyz")
    with pytest.raises(NoSuchCaseError, match="any of the 2 cases"):
        run(tmp_path, CASE + CASE.replace("it", "other"), select="xyz")
