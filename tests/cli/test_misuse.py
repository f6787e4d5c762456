"""Whatever is wrong with what was given: exit code 2, one message that says what and where, nothing written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.terminal import run, small_program, written

ORDERS = "conversion_id,event_time,customer_id,promo_code\na,2026-06-01,c,SAVE\n"
CLICKS = "customer_id,partner_id,event_time\nc,p,2026-06-01\n"

Setup = Callable[[Path], list[str | Path]]


def orders(text: str, name: str = "bad.csv") -> Setup:
    """A run on these conversions."""
    return lambda place: ["--conversions", written(place, name, text)]


def clicks(text: str, name: str = "bad.csv") -> Setup:
    """A run on these clicks."""
    return lambda place: ["--clicks", written(place, name, text)]


def options(*given: str) -> Setup:
    """A run with these options besides the plain ones."""
    return lambda _: list(given)


TABLES = [
    pytest.param(orders(""), "bad.csv: the file is empty", id="an empty file"),
    pytest.param(orders("PAR1 not really", "bad.parquet"), "bad.parquet: cannot be read", id="a damaged file"),
    pytest.param(options("--conversions", "nowhere.csv"), "nowhere.csv: no such file or directory", id="no such file"),
    pytest.param(options("--conversions", "no-*.csv"), "no-*.csv: no file matches", id="a glob that matches nothing"),
    pytest.param(orders("a", "bad.xlsx"), "the name does not say which format", id="a spreadsheet"),
    pytest.param(
        orders("conversion,event_time\na,2026-06-01\n"),
        "no conversion_id (or Id, OrderId, Oid); did you mean 'conversion'?",
        id="a missing column",
    ),
    pytest.param(orders("x,y\n1,2\n"), "columns there are: x, y", id="the columns there are"),
    pytest.param(
        orders('{"conversion_id": 1, "event_time": 20260601}\n', "bad.ndjson"),
        "column 'event_time' is Int64; it must be a date-time, a date or text",
        id="a wrong type",
    ),
    pytest.param(
        orders("conversion_id,event_time\na,01/06/2026\n"),
        "event_time '01/06/2026' cannot be read as a time",
        id="a malformed date",
    ),
    pytest.param(
        orders("conversion_id,event_time\n,2026-06-01\nb,\nb,2026-06-01\n"),
        "3 bad rows in conversions: 1 NO_ID, 1 NO_TIME, 1 DUPLICATE_ID",
        id="several bad rows",
    ),
    pytest.param(
        clicks("customer_id,partner_id,event_time\nc,,2026-06-01\n"),
        "1 bad row in clicks: 1 NO_PARTNER",
        id="a bad click",
    ),
    pytest.param(clicks("customer_id,event_time\nc,2026-06-01\n"), "no partner_id (or MediaId)", id="clicks of nobody"),
]

OPTIONS = [
    pytest.param(options("--set", "lookback"), "'lookback' is not NAME=VALUE, such as lookback=14d", id="set nothing"),
    pytest.param(options("--set", "=14d"), "'=14d' is not NAME=VALUE", id="set without a name"),
    pytest.param(options("--set", "lookbak=14d"), "did you mean 'lookback'?", id="an unknown setting"),
    pytest.param(options("--set", "lookback=14 days"), "'14 days' is not a duration", id="a wrong duration"),
    pytest.param(options("--set", "resolution=splitt"), "did you mean 'split'?", id="a wrong word"),
    pytest.param(options("--set", "timezone=Europe/Londn"), "did you mean 'Europe/London'?", id="a wrong time zone"),
    pytest.param(options("--set", "lookback=1d", "--set", "lookback=2d"), "is given twice", id="a setting twice"),
    pytest.param(options("--preset", "impact"), "'impact' is not one of impact.com", id="an unknown preset"),
    pytest.param(options("--map", "clicks.partner_id"), "is not NAME=VALUE", id="a map without a name"),
    pytest.param(options("--map", "clicks.partner_id="), "is given no column name", id="a map to nothing"),
    pytest.param(options("--map", "click.partner_id=P"), "did you mean 'clicks.partner_id'?", id="a map of no table"),
    pytest.param(
        options("--map", "customer_id=C"), "write conversions.customer_id or clicks.customer_id", id="a map of both"
    ),
    pytest.param(
        options("--map", "amount=A", "--map", "conversions.amount=B"), "is given twice", id="a column mapped twice"
    ),
    pytest.param(
        options("--map", "conversions.amount=Betrag"), "mapped to a column that is not there", id="a map to no column"
    ),
    pytest.param(options("--bad-rows", "skip"), "--bad-rows", id="an unknown way with bad rows"),
    pytest.param(options("--format", "xlsx"), "--format", id="an unknown format"),
    pytest.param(options("--conversions", ""), "the path is empty", id="an empty path"),
    pytest.param(options("--output", ""), "the path is empty", id="an empty output"),
    pytest.param(options("--output", "orders.csv/out"), "cannot be written", id="an output below a file"),
    pytest.param(options("--colour"), "--colour", id="an unknown option"),
]


@pytest.fixture
def plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str | Path]:
    """Arguments of a run that works."""
    monkeypatch.chdir(tmp_path)
    tables: list[str | Path] = ["--conversions", written(tmp_path, "orders.csv", ORDERS), "--output", "out"]
    return ["credit", small_program(tmp_path), *tables, "--clicks", written(tmp_path, "clicks.csv", CLICKS)]


def refused(*arguments: str | Path) -> str:
    """The message of a misused command."""
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, ""), done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize(("setup", "message"), [*TABLES, *OPTIONS])
def test_misuse_is_said_and_nothing_written(
    plain: list[str | Path], setup: Setup, message: str, tmp_path: Path
) -> None:
    given = setup(tmp_path)
    arguments = plain
    if given[0] in ("--conversions", "--clicks"):
        place = arguments.index(given[0])
        arguments = arguments[:place] + arguments[place + 2 :]
    assert message in refused(*arguments, *given)
    assert not (tmp_path / "out").exists()


PROGRAMS = [
    pytest.param("program.txt", "{}", "problem in program.txt is of no known kind", id="an unknown extension"),
    pytest.param("p.json", "", "is empty", id="an empty file"),
    pytest.param("p.json", '{"promo_codes": [', "is not JSON", id="half a file"),
    pytest.param("p.yaml", "a: [", "is not YAML", id="broken YAML"),
    pytest.param("p.json", '{"promo_codes": []}', "needs at least one promo code", id="no promo codes"),
    pytest.param("p.json", '{"settings": {"lookbak": "1d"}}', "did you mean 'lookback'?", id="an unknown setting"),
    pytest.param(
        "p.json",
        '[{"Id": 1, "Code": "A", "Type": "XX", "CreditPolicy": "ALWAYS", "AssignedPartnerId": 1}]',
        "Type: 'XX' is not one of LI, RE",
        id="a wrong word",
    ),
    pytest.param(
        "p.json",
        '[{"Id": 1, "Code": "A", "Type": "LI", "CreditPolicy": "ALWAYS"}]',
        "give it with partner_id= (--partner-id)",
        id="a partner's own export",
    ),
]


@pytest.mark.parametrize(("name", "text", "message"), PROGRAMS)
def test_a_program_that_cannot_be_used_is_said_by_every_command(
    plain: list[str | Path], name: str, text: str, message: str, tmp_path: Path
) -> None:
    program = written(tmp_path, name, text)
    tables = plain[2:4]
    assert message in refused("credit", program, *plain[2:]).replace("\n  ", " ")
    assert message in refused("explain", program, *tables, "--id", "a").replace("\n  ", " ")
    assert message in refused("match", program, "SAVE").replace("\n  ", " ")
    assert not (tmp_path / "out").exists()


def test_a_pattern_that_is_none_is_shown_with_its_place(plain: list[str | Path], tmp_path: Path) -> None:
    program = small_program(tmp_path, {"match_mode": "RE", "code": "(SAVE"})
    message = refused("credit", program, *plain[2:])
    assert "pattern is not valid" in message
    assert "(SAVE" in message


def test_an_output_that_is_a_file_is_refused(plain: list[str | Path], tmp_path: Path) -> None:
    written(tmp_path, "out", "mine")
    assert "out: is a file; results are several files and need a directory" in refused(*plain)
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_results_never_replace_what_is_read(plain: list[str | Path], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    mine = written(tmp_path / "out", "credits.csv", ORDERS)
    arguments = [mine if one == plain[3] else one for one in plain]
    assert "is read, and would be replaced by results" in refused(*arguments)
    arguments = [tmp_path / "out" if one == plain[3] else one for one in plain]
    assert "is read, and would be replaced by results" in refused(*arguments)
    assert mine.read_text(encoding="utf-8") == ORDERS


@pytest.mark.parametrize("name", ["verdicts.csv", "credits.parquet", "rejected.ndjson"])
@pytest.mark.parametrize("pattern", ["out", "out/", "out/*", "./o*/../o*/v*", "*/*", "**/*.*", "link", "link/*"])
def test_what_is_read_by_a_glob_or_directory_is_never_replaced(
    plain: list[str | Path], tmp_path: Path, name: str, pattern: str
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "link").symlink_to("out")
    for found in (name, "verdicts.csv"):
        mine = written(tmp_path / "out", found, ORDERS)
    for option in ("--conversions", "--clicks"):
        done = run(*plain, option, pattern)
        assert (done.exit_code, done.stdout) == (2, "")
        assert mine.read_text(encoding="utf-8") == ORDERS
    assert {path.name for path in (tmp_path / "out").iterdir()} == {name, "verdicts.csv"}


@pytest.mark.parametrize("pattern", ["out", "out/*.csv", "*/*.csv"])
def test_results_never_go_where_the_next_run_would_read_them(plain: list[str | Path], pattern: str) -> None:
    Path("out").mkdir()
    mine = written(Path("out"), "day-1.csv", ORDERS)
    arguments = [pattern if one == plain[3] else one for one in plain]
    assert "the next run would read these results" in refused(*arguments)
    arguments = [mine if one == plain[3] else one for one in plain]
    assert run(*arguments).exit_code == 0, "a single file beside the results is in nobody's way"


def test_links_to_what_is_read_are_never_replaced(plain: list[str | Path], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "credits.csv").symlink_to(tmp_path / "orders.csv")
    assert "is read, and would be replaced by results" in refused(*plain)


def test_a_program_is_never_replaced(plain: list[str | Path], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    bulk = "Promo Code,Match Mode,Credit Rule,Media Id\nSAVE,LI,ALWAYS,owner\n"
    program = written(tmp_path / "out", "credits.csv", bulk)
    for form in ("parquet", "csv"):
        message = refused("credit", program, *plain[2:], "--format", form)
        assert "credits.csv: is read, and would be replaced by results" in message
    assert program.read_text(encoding="utf-8") == bulk


def test_a_file_that_is_no_result_is_refused_before_any_work(plain: list[str | Path], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    mine = written(tmp_path / "out", "credits.csv", "mine\n")
    assert "is there and no result of an earlier run" in refused(*plain, "--format", "csv")
    assert run(*plain).exit_code == 0
    assert mine.read_text(encoding="utf-8") == "mine\n"


def test_an_option_that_is_missing_is_named(plain: list[str | Path]) -> None:
    assert "--output" in refused(*plain[:4])
    assert "--id" in refused("explain", *plain[1:4])
    assert "CODE" in refused("match", plain[1])


@pytest.mark.parametrize("time", ["tomorrow", "2026-06-31", "2026-06-01T24:00"])
def test_a_time_that_is_none_is_refused(plain: list[str | Path], time: str) -> None:
    assert "write it as 2026-06-01 or" in refused("match", plain[1], "SAVE", "--at", time)


@pytest.mark.parametrize("mapping", ["clicks.partner_id=Pub", "partner_id=Pub"])
def test_a_map_of_clicks_that_are_not_read_is_refused(plain: list[str | Path], mapping: str, tmp_path: Path) -> None:
    message = "'clicks.partner_id' is of no use without --clicks"
    assert message in refused(*plain[:6], "--map", mapping)
    assert message in refused("explain", *plain[1:4], "--id", "a", "--map", mapping)
    assert not (tmp_path / "out").exists()


def test_an_empty_path_of_a_program_is_refused(plain: list[str | Path]) -> None:
    for message in (refused("match", "", "B"), refused("match", plain[1], "B", "--program", "")):
        assert "the path is empty" in message
        assert "PROGRAM" in message.upper()
