"""Answers are checked before times are taken; each contender is a process of its own."""

from argparse import Namespace

import pytest

from benchmarks.cases import Case, Contender
from benchmarks.run import WrongAnswerError, run_case

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
