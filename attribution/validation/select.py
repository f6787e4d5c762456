"""Which checks run: by code (`O001`), slug (`overlap`) or the beginning of codes (`O`), in either case of letters.

Without `select` all of them; `ignore` takes away from that. What loading finds is always reported, whatever is chosen:
with a program that cannot be used, no finding at all would mean nothing.
"""

import difflib
from collections.abc import Collection, Sequence

from attribution.validation.argument_errors import ArgumentError
from attribution.validation.check import Check


def chosen(
    checks: Sequence[Check], select: Collection[str], ignore: Collection[str], always: Collection[str]
) -> tuple[Check, ...]:
    """The checks that run, in their order; those with a code in `always` are among them."""
    wanted = {check.code for name in select for check in named(checks, name)} or {check.code for check in checks}
    for name in ignore:
        codes = {check.code for check in named(checks, name)}
        if codes <= set(always):
            raise ArgumentError(f"{name!r} cannot be ignored: a program with such a finding cannot be used at all")
        wanted -= codes
    if not wanted:
        raise ArgumentError("no check is left; what is selected is ignored as well")
    return tuple(check for check in checks if check.code in wanted or check.code in always)


def named(checks: Sequence[Check], name: str) -> tuple[Check, ...]:
    """The checks that a code, a slug or the beginning of a code stands for; ArgumentError where it is none."""
    wanted = name.strip()
    found = tuple(
        check for check in checks if wanted and (check.code.startswith(wanted.upper()) or check.slug == wanted.lower())
    )
    if not found:
        raise ArgumentError(f"{name!r} is no check; {nearest(checks, name)}")
    return found


def nearest(checks: Sequence[Check], name: str) -> str:
    """The names most like one that is none, or how to see them all."""
    names = [*(check.slug for check in checks), *(check.code for check in checks)]
    families = sorted({check.code[0] for check in checks})
    near = difflib.get_close_matches(name.strip().lower(), [known.lower() for known in names], n=3, cutoff=0.6)
    by_lower = {known.lower(): known for known in names}
    if near:
        return f"did you mean {' or '.join(repr(by_lower[one]) for one in near)}?"
    return f"there are codes that begin with {', '.join(families)}, such as {names[-1]} ({names[len(checks) - 1]})"
