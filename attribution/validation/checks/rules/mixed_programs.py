"""R003: promo codes some of which name their program and some of which do not."""

from collections.abc import Iterator
from typing import Final

from attribution.text import plain
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.promo_code_naming import named


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for each promo code of those that are fewer; of as many, for those without a program."""
    codes = subject.promo_codes
    without = [index for index, code in enumerate(codes) if code.program_id is None]
    if not without or len(without) == len(codes):
        return
    few = 2 * len(without) <= len(codes)
    odd = without if few else [index for index, code in enumerate(codes) if code.program_id is not None]
    others = f"{len(codes) - len(odd):,} of {len(codes):,} promo codes"
    for index in odd:
        code = codes[index]
        said = (
            f"names no program and so counts in every one, while {others} name theirs"
            if few
            else f"is of program '{plain(code.program_id or '')}', while {others} name none and so count there as well"
        )
        yield Notice(
            message=f"{named(code)} {said}",
            help="name the program of every promo code, or of none",
            promo_codes=(index,),
            field="program_id",
            facts={"program": code.program_id, "without_program": len(without), "promo_codes": len(codes)},
        )


CHECK: Final = Check(
    code="R003",
    slug="mixed-programs",
    severity=Severity.WARNING,
    summary="some promo codes name their program, and others do not and so count in every one",
    why="""\
A promo code without a program applies to the orders of every program. Beside promo codes that name
theirs it was probably forgotten, and its partner is paid for orders of other programs too.
Facts: program, without_program, promo_codes.""",
    example=program(
        'id: A1, code: AMY10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy, program_id: "1000"',
        "id: A2, code: AMY20, match_mode: LI, credit_rule: ALWAYS, partner_id: amy",
    ),
    mend="Name the program of every promo code; allow those that are meant for all.",
    mending={"partner_id: amy}": 'partner_id: amy, program_id: "1000"}'},
    find=find,
)
