"""`attribution credit`: credit a batch, write the tables, print the figures."""

from typing import Any, Final

import typer

from attribution.cli.faults import FINDINGS, remark
from attribution.cli.inputs import ProgramFiles, Tables
from attribution.cli.options import BadRows
from attribution.cli.outputs import output_directory
from attribution.cli.printing import is_rounded, json_fields, money, print_json, print_lines, print_table
from attribution.cli.progress import progress
from attribution.crediting.summary import Money, PartnerSummary, Summary, summarise
from attribution.engine import Engine
from attribution.events.customers import ClickCounts
from attribution.events.files import Format
from attribution.events.write import write_tables

PARTNERS_SHOWN: Final = 10


def run(files: ProgramFiles, tables: Tables, output: str, *, bad_rows: BadRows, format: Format, as_json: bool) -> None:
    """Leaves with 1 if rows were rejected."""
    with progress() as stage:
        stage("loading the program")
        program = files.load()
        names = ("credits", "verdicts", *(("rejected",) if bad_rows is BadRows.REJECT else ()))
        with output_directory(output, names, format, tables=tables.paths, programs=files.paths) as place:
            engine = Engine(program)
            stage("crediting")
            result = engine.credit(tables.conversions, tables.clicks, columns=tables.columns, bad_rows=bad_rows.value)
            summary = summarise(result, program)
            stage("writing")
            written = write_tables(place, {name: getattr(result, name) for name in names}, format)
    if as_json:
        print_json(_as_json(summary, [str(path) for path in written]))
    else:
        _print(summary)
        remark(f"written: {', '.join(map(str, written))}")
    if result.rejected.height:
        raise typer.Exit(FINDINGS)


def _print(summary: Summary) -> None:
    print_lines([f"{_identity(summary)}.", ""])
    rows = [(one.outcome.value, one.reason.value, f"{one.conversions:,}") for one in summary.outcomes]
    print_table(("Outcome", "Reason", "Conversions"), rows, right=[2])
    if summary.money:
        print_lines([""])
        rows = [(*_currency(one), money(one.credited, summary.digits, thousands=",")) for one in summary.money]
        print_table(("Currency", "Credited conversions", "Credited amount"), rows, right=[1, 2])
        _print_partners(summary)
    print_lines(["", _clicks(summary.clicks)])


def _identity(summary: Summary) -> str:
    read, credited, rejected = (
        f"{number:,}"
        for number in (summary.conversions_read, summary.conversions_credited, summary.conversions_rejected)
    )
    return f"{read} conversions read = {credited} credited + {rejected} rejected"


def _clicks(clicks: ClickCounts) -> str:
    without = f"{clicks.without_customer:,} without a customer (in no click path)"
    return f"{clicks.read:,} clicks read, of them {without}, {clicks.bad:,} bad." if clicks.read else "No clicks read."


def _currency(one: Money) -> tuple[str, str]:
    return one.currency or "(none)", f"{one.conversions:,}"


def _print_partners(summary: Summary) -> None:
    print_lines([""])
    headers = ("Partner", "Id", "By promo code", "By last click", "Credited amount")
    shown = summary.partners[:PARTNERS_SHOWN]
    print_table(headers, [row for partner in shown for row in _rows(partner, summary.digits)], right=[2, 3, 4])
    if len(summary.partners) > len(shown):
        print_lines([f"and {len(summary.partners) - len(shown):,} more partners"])
    notes = []
    if without := sum(one.without_amount for one in summary.money):
        have = "conversion has" if without == 1 else "conversions have"
        notes.append(f"{without:,} credited {have} no amount.")
    if any(is_rounded(one.credited, summary.digits) for partner in summary.partners for one in partner.money):
        notes.append(f"Amounts are exact and rounded to {summary.digits} decimal places for printing.")
    if notes:
        print_lines(["", *notes])


def _rows(partner: PartnerSummary, digits: int) -> list[tuple[str, ...]]:
    """A partner's row, and one more for each further currency."""
    about = (partner.partner_name or "", partner.partner_id, f"{partner.by_promo_code:,}", f"{partner.by_last_click:,}")
    amounts = [f"{money(one.credited, digits, thousands=',')} {one.currency or '(none)'}" for one in partner.money]
    return [(*about, amounts[0]), *(("", "", "", "", amount) for amount in amounts[1:])]


def _as_json(summary: Summary, written: list[str]) -> dict[str, Any]:
    return {
        **json_fields(summary, "conversions_read", "conversions_credited", "conversions_rejected"),
        "outcomes": [json_fields(one, "outcome", "reason", "conversions") for one in summary.outcomes],
        "credited": [_money_json(one, summary.digits) for one in summary.money],
        "partners": [
            {
                **json_fields(partner, "partner_id", "partner_name", "conversions", "by_promo_code", "by_last_click"),
                "credited": [_money_json(one, summary.digits) for one in partner.money],
            }
            for partner in summary.partners
        ],
        "clicks": json_fields(summary.clicks, "read", "without_customer", "bad"),
        "written": written,
    }


def _money_json(one: Money, digits: int) -> dict[str, Any]:
    return {
        **json_fields(one, "currency", "conversions", "without_amount"),
        "amount": money(one.credited, digits),
        "rounded": is_rounded(one.credited, digits),
    }
