"""`attribution credit`: credit a batch, write the tables, print the figures."""

from collections.abc import Iterator
from typing import Final

import typer

from attribution.cli.command_inputs import ProgramFiles, Tables
from attribution.cli.faults import FINDINGS, remark
from attribution.cli.options import BadRows
from attribution.cli.output_directory import output_directory
from attribution.cli.printing import print_json, print_lines, print_table
from attribution.cli.progress import progress
from attribution.crediting.history import History
from attribution.crediting.summary import Money, PartnerSummary, Summary, summarise
from attribution.engine import Engine
from attribution.events.customers import ClickCounts
from attribution.events.output import write_tables
from attribution.events.sources import Source
from attribution.events.table_files import Format
from attribution.text import counted, plain

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
            given: Source | History = tables.conversions if tables.history is None else History.read(tables.history)
            result = engine.credit(given, tables.clicks, columns=tables.columns, bad_rows=bad_rows.value)
            summary = summarise(result, program)
            stage("writing")
            written = write_tables(place, {name: getattr(result, name) for name in names}, format)
    if as_json:
        print_json({**summary.to_dict(), "written": list(map(str, written))})
    else:
        _print(summary)
        if not summary.clicks.given:
            _remark_on_clicks(summary)
        remark(f"written: {', '.join(map(str, written))}")
    if result.rejected.height:
        raise typer.Exit(FINDINGS)


def _print(summary: Summary) -> None:
    print_lines([f"{_identity(summary)}.", ""])
    rows = [(one.outcome.value, one.reason.value, f"{one.conversions:,}") for one in summary.outcomes]
    print_table(("Outcome", "Reason", "Conversions"), rows, right=[2])
    if summary.money:
        print_lines([""])
        _print_currencies(summary)
        print_lines([""])
        _print_partners(summary)
        if notes := list(_notes(summary)):
            print_lines(["", *notes])
    print_lines(["", _clicks(summary.clicks)])


def _identity(summary: Summary) -> str:
    credited, rejected = summary.conversions_credited, summary.conversions_rejected
    return f"{counted(summary.conversions_read, 'conversion')} read = {credited:,} credited + {rejected:,} rejected"


def _clicks(clicks: ClickCounts) -> str:
    if not clicks.given:
        return "No click table was given."
    without = f"{clicks.without_customer:,} without a customer (in no click path)"
    read = f"{counted(clicks.read, 'click')} read"
    return f"{read}, of them {without}, {clicks.bad:,} bad." if clicks.read else f"{read}."


def _print_currencies(summary: Summary) -> None:
    if not summary.has_amounts:
        print_lines(["No amounts."])
        return
    rows = [(_currency(one), f"{one.conversions:,}", one.text(thousands=",")) for one in summary.money]
    print_table(("Currency", "Attributed conversions", "Attributed amount"), rows, right=[1, 2])


def _currency(one: Money) -> str:
    return plain(one.currency or "(none)")


def _print_partners(summary: Summary) -> None:
    headers = ("Partner", "Id", "By promo code", "By last click", "Attributed amount")
    columns = len(headers) if summary.has_amounts else 4
    shown = summary.partners[:PARTNERS_SHOWN]
    rows = [row[:columns] for partner in shown for row in _rows(partner, summary)]
    print_table(headers[:columns], rows, right=[2, 3, 4])
    if further := len(summary.partners) - len(shown):
        print_lines([f"and {counted(further, 'more partner')}"])


def _rows(partner: PartnerSummary, summary: Summary) -> list[tuple[str, ...]]:
    """A partner's row, and one more for each further currency."""
    name = plain(partner.partner_name or "")
    about = (name, plain(partner.partner_id), f"{partner.by_promo_code:,}", f"{partner.by_last_click:,}")
    if not summary.has_amounts:
        return [about]
    amounts = [f"{one.text(thousands=',')} {_currency(one)}" for one in partner.money]
    return [(*about, amounts[0]), *(("", "", "", "", amount) for amount in amounts[1:])]


def _notes(summary: Summary) -> Iterator[str]:
    if not summary.has_amounts:
        return
    if without := sum(one.without_amount for one in summary.money):
        yield f"{counted(without, 'attributed conversion')} {'has' if without == 1 else 'have'} no amount."
    places = f"rounded to {summary.digits} decimal places for printing"
    if summary.floats:
        yield f"Amounts are floating-point numbers, as in the input, and {places}."
    elif any(one.rounded for partner in summary.partners for one in partner.money):
        yield f"Amounts are exact and {places}."


def _remark_on_clicks(summary: Summary) -> None:
    """Say how many orders are withheld because no clicks were given, and the option that gives them."""
    if withheld := summary.withheld_without_clicks:
        orders = f"{counted(withheld, 'order')} {'was' if withheld == 1 else 'were'}"
        remark(f"{orders} withheld by rules that need clicks (INVOLVED, WINNER); give the clicks with --clicks")
