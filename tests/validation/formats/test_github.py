"""Findings as workflow commands of GitHub."""

from attribution.program.problem import Place
from attribution.validation.formats.github import github
from tests.validation.formats.reviews import EVERYTHING, finding, review


def test_each_finding_is_a_command() -> None:
    said = "promo code 'A1' is odd: 100%25, really%0Ahelp: mend it"
    assert github(EVERYTHING).splitlines() == [
        f"::error file=a b/program.yaml,line=3,col=21,endLine=3,endColumn=25,title=X001 odd::{said}",
        f"::warning file=a b/program.yaml,title=X002 curious::{said}",
        f"::notice title=X002 curious::{said}",
    ]


def test_what_would_end_a_property_or_a_command_is_escaped() -> None:
    place = Place("a,b:c%\n.json", line=1)
    (command,) = github(review(finding(place=place, message="first, 5%: x", help="y"))).splitlines()
    assert command == ("::error file=a%2Cb%3Ac%25%0A.json,line=1,title=X001 odd::first, 5%25: x%0Ahelp: y")


def test_a_clean_program_says_nothing() -> None:
    assert github(review()) == ""


def test_control_characters_are_shown_as_escapes() -> None:
    (command,) = github(review(finding(message="deal '\x1b[31m\n' is odd", help="see \u202e"))).splitlines()
    assert command.endswith("::deal '\\x1b[31m\\n' is odd%0Ahelp: see \\u202e")
