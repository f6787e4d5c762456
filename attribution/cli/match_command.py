"""`attribution match`: which promo codes a used code matches, and which it nearly does."""

from datetime import datetime
from typing import Final

import typer

from attribution.cli.command_inputs import ProgramFiles
from attribution.cli.faults import FINDINGS
from attribution.cli.printing import print_json, print_lines
from attribution.cli.progress import progress
from attribution.engine import Engine
from attribution.events.time_columns import parse_time
from attribution.explaining.match_answer import MatchAnswer
from attribution.explaining.near import NearMisses
from attribution.explaining.phrases import near_miss_in_words, promo_code_in_full
from attribution.text import quoted_use

SHOWN: Final = 10


def run(files: ProgramFiles, codes: list[str], at: str | None, program_id: str | None, *, as_json: bool) -> None:
    """Leaves with 1 if a code matches nothing."""
    with progress() as stage:
        stage("loading the program")
        program = files.load()
        instant = _instant(at, program.settings.timezone)
        engine, near = Engine(program), NearMisses(program)
        stage("matching")
        answers = [
            MatchAnswer(
                code,
                engine.match(code, at=instant, program_id=program_id),
                tuple(near.of(code, at=instant, program_id=program_id)),
            )
            for code in codes
        ]
    if as_json:
        print_json([answer.to_dict() for answer in answers])
    else:
        print_lines(line for answer in answers for line in _lines(answer))
    if not all(answer.matches for answer in answers):
        raise typer.Exit(FINDINGS)


def _instant(at: str | None, timezone: str) -> datetime | None:
    try:
        return None if at is None else parse_time(at, timezone)
    except ValueError as error:
        advice = f"{error}; write it as 2026-06-01 or 2026-06-01T14:30:00+02:00"
        raise typer.BadParameter(advice, param_hint="--at") from None


def _lines(answer: MatchAnswer) -> list[str]:
    number = len(answer.matches)
    lines = [f"{quoted_use(answer.code)} matches {number or 'no'} promo code{'' if number == 1 else 's'}"]
    lines += [f"  {promo_code_in_full(promo_code)}" for promo_code in answer.matches]
    if answer.near_misses:
        lines.append("  nearly:")
    for miss in answer.near_misses[:SHOWN]:
        lines.append(f"    {promo_code_in_full(miss.promo_code)}; but {near_miss_in_words(miss)}")
    if len(answer.near_misses) > SHOWN:
        lines.append(f"    and {len(answer.near_misses) - SHOWN:,} more")
    return lines
