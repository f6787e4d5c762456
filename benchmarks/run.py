"""Run one case: make its data, check every answer against ours and the stated counts, and only then take times.

Runs are interleaved (ours, peer, ours, peer, ...), so that a disturbance of the machine falls on all.
"""

import shutil
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, Protocol

from benchmarks.cases import Case, Contender
from benchmarks.machine import machine
from benchmarks.make.cache import DATA
from benchmarks.results import Outcome, Result
from benchmarks.spawn import ChildError, call

Say = Callable[[str], None]


class WrongAnswerError(Exception):
    """Our own answer has not the counts that the case states, or could not be computed."""


class Options(Protocol):
    """What of the command's options matters here."""

    scale: float
    peers: list[str]
    time_limit: float


def run_case(case: Case, options: Options, *, repeats: int, say: Say) -> Result:
    """Check and time all contenders of a case, or ours and those named in `peers`."""
    peers, time_limit = options.peers, options.time_limit
    for target, arguments in case.make:
        call(target, arguments)
    chosen = [c for at, c in enumerate(case.contenders) if at == 0 or not peers or c.name in peers or c.package]
    outcomes = {contender.name: _checked(case, contender, time_limit, say) for contender in chosen}
    shutil.rmtree(DATA / "answers" / case.name, ignore_errors=True)
    sound = [contender for contender in chosen if outcomes[contender.name].status == "ok"]
    for repeat in range(repeats):
        for contender in sound:
            if outcomes[contender.name].status == "ok":
                _timed(case, contender, outcomes[contender.name], time_limit)
        say(f"  timed {repeat + 1}/{repeats}")
    return Result(
        case=case.name,
        title=case.title,
        scale=options.scale,
        machine=machine(),
        total=list(case.total),
        per=case.per,
        unit=case.unit,
        repeats=repeats,
        expected=None if case.expected is None else dict(case.expected),
        contenders=list(outcomes.values()),
    )


def _checked(case: Case, contender: Contender, time_limit: float, say: Say) -> Outcome:
    """The contender's answer compared with ours and with the stated counts; ours comes first."""
    outcome = Outcome(contender.name, contender.note, contender.share, list(contender.unscaled))
    ours = case.contenders[0]
    absent = [module for module in contender.needs if find_spec(module) is None]
    if absent:
        outcome.status = f"not installed: {', '.join(absent)}"
        return outcome
    try:
        outcome.counts = _answer(case, contender, time_limit).get("counts", {})
        if case.check and contender.answers and contender is not ours:
            call(case.check, {**_places(case, contender), "share": contender.share, **case.check_arguments})
            outcome.agrees = True
    except ChildError as error:
        if contender is ours:
            raise WrongAnswerError(f"{case.name}: {error}") from error
        outcome.agrees = False if "DifferentAnswerError" in str(error) else None
        outcome.status = f"failed: {error}"
    if contender is ours:
        _compare_counts(case, outcome.counts, say)
    say(f"  {contender.name}: {_verdict(outcome)}")
    return outcome


def _answer(case: Case, contender: Contender, time_limit: float) -> dict[str, Any]:
    place = DATA / "answers" / case.name / contender.name
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    arguments = {**contender.arguments, "answer": str(place)}
    return call(contender.target, arguments, time_limit=time_limit, package=contender.package)


def _places(case: Case, contender: Contender) -> dict[str, str]:
    place = DATA / "answers" / case.name
    return {"ours": str(place / case.contenders[0].name), "theirs": str(place / contender.name)}


def _compare_counts(case: Case, counts: dict[str, int], say: Say) -> None:
    if case.expected is None:
        if counts:
            say(f"  no counts are stated for this scale; these were found: {counts}")
    elif counts != case.expected:
        raise WrongAnswerError(f"{case.name}: counts are {counts}, stated are {dict(case.expected)}")


def _verdict(outcome: Outcome) -> str:
    if outcome.status != "ok":
        return outcome.status
    return "answer equals ours" if outcome.agrees else "ran"


def _timed(case: Case, contender: Contender, outcome: Outcome, time_limit: float) -> None:
    try:
        arguments = {**contender.arguments, "answer": None}
        report = call(contender.target, arguments, time_limit=time_limit, package=contender.package)
    except ChildError as error:
        outcome.status = f"failed: {error}"
        return
    seconds_by_phase = dict(report["seconds"])
    if "process" in case.total:
        seconds_by_phase.setdefault("process", report["process_seconds"])
    for phase, seconds in seconds_by_phase.items():
        outcome.seconds.setdefault(phase, []).append(seconds)
    outcome.process_seconds.append(report["process_seconds"])
    outcome.cpu_seconds.append(report["cpu_seconds"])
    outcome.peak_bytes.append(report["peak_bytes"])
