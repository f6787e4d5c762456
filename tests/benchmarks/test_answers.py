"""At a tiny scale ours gives the stated counts, and every installed peer gives our answer."""

from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from benchmarks.cases import Case, Contender
from benchmarks.job import compare, job_summary
from benchmarks.job.job_summary import Paid
from benchmarks.matching import pairs
from benchmarks.registry import all_cases

SCALE = 0.01
CASES = {case.name: case for case in all_cases(SCALE)}
QUICK = ["order-literal", "order-regex", "order-unknown", "order-engine"]
LITERALS = ["matching-literals-1000000x100000", "matching-unknown-1000000x100000"]
MATCHING = ["matching-prefix-1000x100000", "matching-mixed-10000x100000", "matching-near-miss-1000x100000"]
JOBS = ["job-4M-0", "job-4M-1000", "job-regulars-40M", "job-guest"]
VALIDATION = ["validate-mixed", "validate-inner"]


def call(target: str, arguments: dict[str, Any]) -> dict[str, Any]:
    module, _, name = target.partition(":")
    returned: dict[str, Any] = getattr(import_module(module), name)(**arguments)
    return returned


def installed(contender: Contender) -> bool:
    return all(find_spec(module) is not None for module in contender.needs)


@pytest.mark.parametrize("name", [*QUICK, *LITERALS, *MATCHING, *JOBS, *VALIDATION])
def test_ours_has_the_stated_counts_and_peers_have_our_answer(name: str, tmp_path: Path) -> None:
    case: Case = CASES[name]
    for target, arguments in case.make:
        call(target, dict(arguments))
    for contender in filter(installed, case.contenders):
        place = tmp_path / contender.name
        place.mkdir()
        returned = call(contender.target, {**contender.arguments, "answer": str(place)})
        if contender is case.contenders[0]:
            assert returned["counts"] == case.expected
        elif case.check and contender.answers:
            places = {"ours": str(tmp_path / case.contenders[0].name), "theirs": str(place)}
            call(case.check, {**places, "share": contender.share, **case.check_arguments})


@pytest.mark.parametrize("column", ["partner_id", "last_click_time", "amount"])
def test_a_credit_that_differs_is_found(column: str) -> None:
    credits = pl.DataFrame(
        {"conversion_id": ["1", "2"], "partner_id": ["a", None], "last_click_time": [1, 2], "amount": [1, 2]}
    )
    other = credits.with_columns(pl.when(pl.col("conversion_id") == "1").then(pl.col(column)).shift(1).alias(column))
    with pytest.raises(compare.DifferentAnswerError, match=column):
        compare.compare("credits", credits, other)
    with pytest.raises(compare.DifferentAnswerError, match="1 of theirs"):
        compare.compare("credits", credits, credits.head(1))


FIGURES: dict[str, Any] = {
    "outcomes": [("PROMO_CODE", "RULE_ALWAYS", 2)],
    "withheld_without_clicks": 0,
    "partners": [Paid("a", "EUR", 1, 0, Decimal("1.10"), 1), Paid("b", None, 1, 1, Decimal("0.00"), 1)],
    "clicks": {"read": 9, "without_customer": 1},
}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        pytest.param("outcomes", [("PROMO_CODE", "RULE_WINNER", 2)], id="a reason"),
        pytest.param("withheld_without_clicks", 1, id="withheld without clicks"),
        pytest.param("clicks", {"read": 9, "without_customer": 0}, id="clicks without a customer"),
        pytest.param(
            "partners", [FIGURES["partners"][0]._replace(by_promo_code=0), FIGURES["partners"][1]], id="codes"
        ),
        pytest.param(
            "partners", [FIGURES["partners"][0]._replace(amount=Decimal("1.11")), FIGURES["partners"][1]], id="a cent"
        ),
        pytest.param(
            "partners", [FIGURES["partners"][0], FIGURES["partners"][1]._replace(currency="EUR")], id="a currency"
        ),
    ],
)
def test_a_figure_that_differs_is_found(name: str, other: Any, tmp_path: Path) -> None:
    summaries = []
    for at, given in enumerate((FIGURES, {**FIGURES, name: other})):
        place = tmp_path / str(at)
        place.mkdir()
        job_summary.write(place, *given.values())
        summaries.append(job_summary.compared(place))
    compare.compare_figures(summaries[0], summaries[0])
    with pytest.raises(compare.DifferentAnswerError, match="summary, "):
        compare.compare_figures(*summaries)


def test_a_pair_that_is_missing_is_found_within_the_share_of_the_codes_that_was_given(tmp_path: Path) -> None:
    codes = tmp_path / "codes.parquet"
    pl.DataFrame({"code": ["a", "b", "c", "d"]}).write_parquet(codes)
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for place, found in ((ours, pairs.pairs([0, 3], [1, 1])), (theirs, pairs.pairs([0], [1]))):
        place.mkdir()
        pairs.report(pairs.Phases(), found, str(place))
    assert pairs.check(str(ours), str(theirs), 0.5, str(codes)) == {}
    with pytest.raises(pairs.DifferentAnswerError, match="1 pairs are missing"):
        pairs.check(str(ours), str(theirs), 1.0, str(codes))


def test_cases_have_names_of_their_own_and_ours_first() -> None:
    assert len(CASES) == len(list(all_cases(SCALE)))
    assert {case.contenders[0].name for case in CASES.values()} == {"ours"}
