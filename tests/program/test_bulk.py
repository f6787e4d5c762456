"""The bulk CSV: one promo code a line."""

import pytest

from attribution.program import Program, ProgramError
from tests.program.pages import Write, code

HEADER = "Promo Code,Campaign Id,Media Id,Type,Credit Rule,Match Mode,Deal Name"


def test_a_bulk_file_is_a_program(file: Write) -> None:
    (found,) = Program.load(file("bulk.csv", f"{HEADER}\n10PEROFF,4321,1299679,TRACKING,ALWAYS,LI,\n")).promo_codes
    assert found.model_dump(mode="json", exclude_none=True) == {
        "id": "2",
        "code": "10PEROFF",
        "match_mode": "LI",
        "credit_rule": "ALWAYS",
        "partner_id": "1299679",
        "program_id": "4321",
        "Type": "TRACKING",
    }


def test_ids_are_line_numbers_also_after_blank_and_long_lines(file: Write) -> None:
    text = f'{HEADER}\n\nA,1,7,TRACKING,ALWAYS,LI,"two\nlines"\n,,,,,,\nB,1,7,TRACKING,ALWAYS,LI,\n'
    loaded = Program.load(file("bulk.csv", text))
    assert [(found.id, found.code) for found in loaded.promo_codes] == [("3", "A"), ("6", "B")]


def test_several_bulk_files_do_not_share_ids(file: Write) -> None:
    text = f"{HEADER}\nA,1,7,TRACKING,ALWAYS,LI,\n"
    paths = [file("a.csv", text), file("b.csv", text), file("c.json", [code()])]
    assert [found.id for found in Program.load(paths).promo_codes] == ["a.csv:2", "b.csv:2", "1"]


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(HEADER, id="as documented"),
        pytest.param("\ufeff" + HEADER, id="byte order mark"),
        pytest.param(HEADER.upper(), id="capitals"),
        pytest.param(HEADER.lower().replace(" ", "_"), id="snakes"),
        pytest.param(HEADER.replace(",", " ,  "), id="spaces"),
        pytest.param(HEADER.replace(" ", ""), id="no spaces"),
        pytest.param(HEADER.replace("Campaign", "Program"), id="Program Id"),
        pytest.param("Code,CampaignId,AssignedPartnerId,Kind,CreditPolicy,MatchMode,DealName", id="names of the API"),
    ],
)
def test_headers_are_known_in_any_case_and_spacing(file: Write, header: str) -> None:
    (found,) = Program.load(file("bulk.csv", f"{header}\nA,4321,77,TRACKING,WINNER,RE,Summer\n")).promo_codes
    assert (found.code, found.program_id, found.partner_id) == ("A", "4321", "77")
    assert (found.credit_rule, found.match_mode, found.deal and found.deal.name) == ("WINNER", "RE", "Summer")


@pytest.mark.parametrize("text", ["NO", "1E10", "007", "true", "2024-01-01", "null", "NaN", " x ", '"a,b"'])
def test_cells_are_text(file: Write, text: str) -> None:
    (found,) = Program.load(file("bulk.csv", f"{HEADER}\n{text},{text},{text},,ALWAYS,LI,\n")).promo_codes
    assert (found.code, found.program_id, found.partner_id) == (text.strip('"'),) * 3


def test_a_column_of_the_row_is_the_time_zone_of_its_dates(file: Write) -> None:
    text = (
        "Promo Code,Media Id,Credit Rule,Match Mode,Active Start Date,Active End Date,Timezone\n"
        "A,7,ALWAYS,LI,2026-06-01T00:00:00,2026-06-30,America/New_York\n"
        "B,7,ALWAYS,LI,2026-06-01T00:00:00,2026-06-01T00:00:00Z,\n"
    )
    loaded = Program.load(file("bulk.csv", text), settings={"timezone": "Asia/Tokyo"})
    assert [(str(found.start_date), str(found.end_date)) for found in loaded.promo_codes] == [
        ("2026-06-01 04:00:00+00:00", "2026-07-01 03:59:59.999999+00:00"),
        ("2026-05-31 15:00:00+00:00", "2026-06-01 00:00:00+00:00"),
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        pytest.param("A,1,7,TRACKING,ALWAYS,,", "line 2: Match Mode: missing", id="a type is no match mode"),
        pytest.param("A,1,7,TRACKING,SOMETIMES,LI,", "line 2: Credit Rule: 'SOMETIMES' is not one of", id="rule"),
        pytest.param("A,1,,TRACKING,ALWAYS,LI,", "line 2: Media Id: missing: whose promo code", id="no partner"),
        pytest.param(
            "A,B,1,7,TRACKING,ALWAYS,LI,Summer", "line 2: has 8 cells, and the header 7", id="a comma in the code"
        ),
        pytest.param("A,1,7,TRACKING,ALWAYS,TRACKING,", "Match Mode: 'TRACKING' is not one of LI, RE", id="mode"),
        pytest.param('"A"B,1,7,TRACKING,ALWAYS,LI,', "line 2: is not CSV", id="quotes"),
        pytest.param('"A,1,7,TRACKING,ALWAYS,LI,', "is not CSV: ", id="open quotes"),
    ],
)
def test_a_wrong_row_is_named_by_its_line(file: Write, row: str, message: str) -> None:
    with pytest.raises(ProgramError, match=message):
        Program.load(file("bulk.csv", f"{HEADER}\n{row}\n"))


@pytest.mark.parametrize(
    ("kind", "message"),
    [("TRACKING", "line 2: Match Mode: missing"), ("", "line 2: Match Mode: missing"), ("LI", None)],
)
def test_without_a_match_mode_the_type_must_be_one(file: Write, kind: str, message: str | None) -> None:
    path = file("bulk.csv", f"Promo Code,Media Id,Type,Credit Rule\nA,7,{kind},ALWAYS\n")
    if message is None:
        assert Program.load(path).promo_codes[0].match_mode == "LI"
    else:
        with pytest.raises(ProgramError, match=message):
            Program.load(path)


def test_trailing_empty_cells_do_not_matter(file: Write) -> None:
    loaded = Program.load(file("bulk.csv", f"{HEADER}\nA,1,7,TRACKING,ALWAYS,LI\nB,1,7,TRACKING,ALWAYS,LI,,,\n"))
    assert [found.code for found in loaded.promo_codes] == ["A", "B"]


def test_a_wrong_header_is_one_problem_for_each_column(file: Write) -> None:
    text = "Promo Codes,Promo  Code,promo code,Media Id,Rule,Matchmode\n" + "A,A,A,7,ALWAYS,LI\n" * 9
    with pytest.raises(ProgramError) as failure:
        Program.load(file("bulk.csv", text))
    assert str(failure.value) == (
        "2 problems in bulk.csv\n"
        "  line 1: Promo Code: is the header of two columns\n"
        "  line 1: Credit Rule: no such column; the columns are "
        "Promo Codes, Promo Code, Promo Code, Media Id, Rule, Match Mode"
    )


def test_a_file_without_a_code_column_says_which_columns_it_has(file: Write) -> None:
    with pytest.raises(
        ProgramError, match=r"Promo Code: no such column; the columns are Promocodes, Media Id.*'Promocodes'"
    ):
        Program.load(file("bulk.csv", "Promocodes,Media Id,Credit Rule,Match Mode\nA,7,ALWAYS,LI\n"))


def test_a_header_alone_is_no_program(file: Write) -> None:
    with pytest.raises(ProgramError, match="at least one promo code"):
        Program.load(file("bulk.csv", HEADER + "\n"))
