"""One check at a time, looking at a few promo codes in a program."""

from datetime import UTC, datetime
from typing import Any

from attribution.program import Program
from attribution.program.yaml_text import read_yaml
from attribution.validation.check import Check, Notice
from attribution.validation.subject import Subject

AS_OF = datetime(2026, 7, 1, tzinfo=UTC)


def promo(promo_id: str, code: str = "SAVE10", partner: str = "amy", **fields: Any) -> dict[str, Any]:
    """A literal with the rule ALWAYS, unless told otherwise."""
    said = {"id": promo_id, "code": code, "partner_id": partner, "match_mode": "LI", "credit_rule": "ALWAYS"}
    return said | fields


def look(check: Check, *promo_codes: dict[str, Any], as_of: datetime = AS_OF, **settings: Any) -> list[Notice]:
    program = Program.model_validate({"settings": settings, "promo_codes": list(promo_codes)})
    return list(check.find(Subject(program, as_of=as_of, raw=promo_codes)))


def about(check: Check, *promo_codes: dict[str, Any], as_of: datetime = AS_OF, **settings: Any) -> list[list[str]]:
    """The ids of the promo codes of each notice."""
    notices = look(check, *promo_codes, as_of=as_of, **settings)
    return [[promo_codes[index]["id"] for index in notice.promo_codes] for notice in notices]


def literal(check: Check, code: str, **settings: Any) -> list[Notice]:
    """What a check says of a program with one literal."""
    return look(check, promo("A1", code), **settings)


def example_and_mend(check: Check) -> tuple[int, int]:
    """How many notices the page's example has, and how many its mended one."""
    read = [read_yaml(text) for text in (check.example, check.mended)]
    subjects = (Subject(Program.model_validate(one), as_of=AS_OF, raw=one["promo_codes"]) for one in read)
    first, second = (len(list(check.find(subject))) for subject in subjects)
    return first, second
