"""The sample of a partner's own export: three pages of the Partner API, and what its page promises of every order."""

from pathlib import Path

import attribution
from attribution import Engine, Program

SAMPLE = Path(attribution.__file__).parents[1] / "samples" / "partner_export"


def program() -> Program:
    pages = sorted(SAMPLE.glob("promo_codes_*.json"))
    return Program.load(pages, partner_id="1299679", preset="impact.com")


def credits(rules: Program) -> list[tuple[str, ...]]:
    result = Engine(rules).credit(SAMPLE / "conversions.csv", SAMPLE / "clicks.csv")
    rows = result.credits.select("conversion_id", "outcome", "reason", "partner_id").fill_null("")
    return rows.sort("conversion_id").rows()


def promised() -> list[tuple[str, ...]]:
    lines = (SAMPLE / "README.md").read_text(encoding="utf-8").splitlines()
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")][1:]
    return [(order, outcome, reason, paid) for order, _, outcome, reason, paid, _ in table]


def test_the_pages_are_one_program() -> None:
    loaded = program()
    assert loaded.program_ids == ("21282", "30417")
    assert [code.id for code in loaded.promo_codes if code.never_active] == ["8054402"]
    assert {code.partner_id for code in loaded.promo_codes} == {"1299679"}


def test_every_order_is_credited_as_the_page_says() -> None:
    assert len(promised()) == 10
    assert credits(program()) == promised()


def test_a_longer_window_pays_the_order_that_the_page_names() -> None:
    longer = credits(program().with_settings(lookback="60d"))
    changed = set(longer) - set(promised())
    assert changed == {("A-1003", "PROMO_CODE", "RULE_INVOLVED", "1299679")}
