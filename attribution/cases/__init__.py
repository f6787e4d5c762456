"""A program's own test cases: small conversions and clicks, and the credits that are expected of them.

`run_cases` runs files of them. The format: a YAML file beside the program, `program: program.json` and `cases:`, of
which each has a `name`, an `order` (its promo code), the `clicks` before it and what to `expect`. Every scalar is the
text that is written, so that ids and codes such as `007`, `1E10`, `NO` and `2026-03-01` stay what they are; only
nothing, `null` and `~` are null.

    program: program.json
    partners: {amy: 1001, bob: 1002}    # names for partner ids in this file
    defaults: {at: 2026-03-01 12:00}
    cases:
      - name: the last click wins the code
        order: SAVE10
        clicks: [amy 2d before, bob 1h before]
        expect: bob by SAVE10, RULE_WINNER
      - name: nobody is paid for the code of another partner
        order: SAVE10
        clicks: [bob, amy]              # in this order, the last a second before
        expect: nobody, NOT_WINNER

The modules `case_orders`, `case_clicks`, `expected` and `moments` each say which part of the grammar they read.
"""

from attribution.cases.case_coverage import Coverage, Part
from attribution.cases.case_problems import CasesError, NoSuchCaseError
from attribution.cases.case_report import CaseReport, CaseResult, Status
from attribution.cases.run import run_cases

__all__ = [
    "CaseReport",
    "CaseResult",
    "CasesError",
    "Coverage",
    "NoSuchCaseError",
    "Part",
    "Status",
    "run_cases",
]
