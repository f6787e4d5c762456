"""P003: a pattern that backtracks exponentially on some used code."""

from functools import partial
from typing import Final

from attribution.validation.backtracking import Growth
from attribution.validation.check import Check, Severity, program
from attribution.validation.checks.patterns.slow_codes import slow_patterns

CHECK: Final = Check(
    code="P003",
    slug="exponential-backtracking",
    severity=Severity.ERROR,
    summary="a pattern that takes exponential time for some used code",
    why="""\
Where two alternatives read the same text, each repeat of it doubles the ways that backtracking
tries before it gives up. A customer who enters thirty letters and a sign at checkout then stops
the run: nothing is credited until somebody finds out why. Only patterns that no automaton decides
backtrack (see P002), and only what is slow in the `regex` package is reported: the used code in the
message was timed, and is at most 255 characters long. Where an automaton takes over at the time
limit after all, it is a warning. The figures are those of the machine at hand. The hunt spends
0.3 s on a pattern and 6 s on a program; P002 says which patterns it did not get to.
facts: used_code, length, seconds, prefix, pump, suffix (prefix, so many pumps, suffix), growth,
factor (for each further pump; P004 has a degree), limit_length (which reaches the time limit),
stops_run (whether nothing takes over then)""",
    example=program(
        'id: A1, code: "^AMY(?!TEST)([A-Z]|[A-Z]-?)+$", match_mode: RE, credit_rule: INVOLVED, partner_id: amy',
    ),
    mend="Write the pattern so that each text can be read in one way only.",
    mending={"([A-Z]|[A-Z]-?)+": "[A-Z]+(-[A-Z]+)*"},
    find=partial(slow_patterns, growth=Growth.EXPONENTIAL),
)
