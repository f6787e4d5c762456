"""Answers are checked before times are taken; each contender is a process of its own."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.baseline import with_baseline
from benchmarks.cases import Case, Contender
from benchmarks.run import WrongAnswerError, run_case
from benchmarks.spawn import ROOT, call

HERE = "tests.benchmarks.stand_ins"
OPTIONS = Namespace(scale=1.0, peers=[], time_limit=60.0)
OURS = Contender("ours", f"{HERE}:run", {"number": 3})


def case(*peers: Contender, expected: int = 3) -> Case:
    return Case(
        "stand-in",
        "a stand-in",
        (OURS, *peers),
        check=f"{HERE}:check",
        total=("job",),
        expected={"number": expected},
        repeats=1,
    )


def ignore(_text: str) -> None:
    pass


def test_a_peer_with_our_answer_is_timed() -> None:
    peer = Contender("peer", f"{HERE}:run", {"number": 3})
    ours, theirs = run_case(case(peer), OPTIONS, repeats=2, say=ignore).contenders
    assert theirs.agrees is True
    assert ours.seconds == theirs.seconds == {"job": [3.0, 3.0]}
    assert min(theirs.peak_bytes) > 2**20


def test_a_peer_with_another_answer_is_not_timed() -> None:
    peer = Contender("peer", f"{HERE}:run", {"number": 4})
    outcome = run_case(case(peer), OPTIONS, repeats=1, say=ignore).contenders[1]
    assert outcome.agrees is False
    assert outcome.seconds == {}
    assert "3 is not 4" in outcome.status


def test_a_peer_that_fails_or_is_not_installed_says_so() -> None:
    failing = Contender("failing", f"{HERE}:fail")
    absent = Contender("absent", f"{HERE}:run", {"number": 3}, needs=("no_such_module",))
    outcomes = run_case(case(failing, absent), OPTIONS, repeats=1, say=ignore).contenders[1:]
    assert [outcome.status for outcome in outcomes] == [
        "failed: RuntimeError: no answer for True",
        "not installed: no_such_module",
    ]


def test_counts_of_ours_that_are_not_the_stated_ones_stop_the_case() -> None:
    with pytest.raises(WrongAnswerError, match=r"stated are \{'number': 5\}"):
        run_case(case(expected=5), OPTIONS, repeats=1, say=ignore)


def test_the_baseline_is_the_package_of_the_other_checkout_in_processes_that_it_starts_too(tmp_path: Path) -> None:
    package = tmp_path / "attribution"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    ours, baseline = with_baseline(Case("stand-in", "", (Contender("ours", f"{HERE}:origin"),)), tmp_path).contenders
    assert (ours.name, baseline.name) == ("ours", "baseline")
    for contender, checkout in ((ours, ROOT), (baseline, tmp_path)):
        found = call(contender.target, {"answer": None}, package=contender.package)["origins"]
        assert [Path(origin).resolve() for origin in found] == [checkout / "attribution" / "__init__.py"] * 2


def test_a_baseline_without_the_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no package attribution"):
        with_baseline(case(), tmp_path)


def test_a_whole_process_is_timed_from_outside_unless_the_contender_says_its_own() -> None:
    whole = replace(case(), total=("process",))
    (outcome,) = run_case(whole, OPTIONS, repeats=1, say=ignore).contenders
    assert outcome.seconds["process"] == outcome.process_seconds
    own = replace(whole, contenders=(Contender("ours", f"{HERE}:process", {"number": 3}),))
    (outcome,) = run_case(own, OPTIONS, repeats=1, say=ignore).contenders
    assert outcome.seconds["process"] == [0.5]
