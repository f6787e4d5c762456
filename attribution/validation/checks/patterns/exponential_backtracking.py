"""P003: a pattern that backtracks exponentially on some used code."""

from collections.abc import Iterator
from typing import Final

from attribution.validation.backtracking import Growth
from attribution.validation.check import Check, Remark, Severity, Subject
from attribution.validation.checks.patterns.slow_codes import slow_patterns


def find(subject: Subject) -> Iterator[Remark]:
    """Every pattern with a used code that was measured to take exponential time."""
    return slow_patterns(subject, Growth.EXPONENTIAL)


CHECK: Final = Check(
    code="P003",
    slug="exponential-backtracking",
    severity=Severity.ERROR,
    summary="a pattern that takes exponential time for some used code",
    why=(
        "Where two alternatives read the same text, each repeat of it doubles the ways that backtracking\n"
            "tries before it gives up. A customer who enters thirty letters and a sign at checkout then stops\n"
            "the run: nothing is credited until somebody finds out why. Only patterns that no automaton decides\n"
            "backtrack (see P002), and only what is slow in the `regex` package is reported: the used code in the\n"
            "message was timed, and is at most 255 characters long. Where an automaton takes over at the time\n"
            "limit after all, it is a warning. The figures are those of the machine at hand. The hunt spends\n"
            "0.3 s on a pattern and 6 s on a program; P002 says which patterns it did not get to.\n"
            "facts: used_code, length, seconds, prefix, pump, suffix (prefix, so many pumps, suffix), growth,\n"
            "factor (for each further pump; P004 has a degree), limit_length (which reaches the time limit),\n"
            "stops_run (whether nothing takes over then)"
    ),
    example="""\
promo_codes:
  - {id: A1, code: "^AMY(?!TEST)([A-Z]|[A-Z]-?)+$", match_mode: RE, credit_rule: INVOLVED, partner_id: amy}
""",
    mend="Write the pattern so that each text can be read in one way only.",
    mended="""\
promo_codes:
  - {id: A1, code: "^AMY(?!TEST)[A-Z]+(-[A-Z]+)*$", match_mode: RE, credit_rule: INVOLVED, partner_id: amy}
""",
    find=find,
)
