"""P001: a pattern that `regex` does not compile, or that is not of the dialect. Found while the program is loaded."""

from typing import Final

from attribution.validation.check import Check, Severity, program

CHECK: Final = Check(
    code="P001",
    slug="invalid-pattern",
    severity=Severity.ERROR,
    summary="a pattern that does not compile",
    why="""\
A promo code with match mode RE is a regular expression in the dialect of the `regex` package
(version 0, with global flags such as `(?i)` at the start or directly after a leading `^`).
What is not of the dialect can match nothing, so no program with it is run. The caret shows
where reading came to an end; the mistake is often a little to the left of it.""",
    example=program('id: A1, code: "^(SUMMER", match_mode: RE, credit_rule: ALWAYS, partner_id: amy'),
    mend="Write the pattern so that it compiles; a bracket that is meant as itself needs a backslash: `\\(`.",
    mending={'^(SUMMER"': '^(SUMMER).*"'},
    silenceable=False,
)
