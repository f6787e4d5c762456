"""Which checks run: by code (`O001`), slug (`overlap`) or the beginning of codes (`O`), in either case of letters.

Without `select` all of them; `ignore` takes away from that. What loading finds is always reported, under any choice:
with a program that cannot be used, no finding at all would mean nothing.
"""

from collections.abc import Collection, Sequence

from attribution.errors import ArgumentError
from attribution.text import nearest
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
    """The checks that a code, a slug or the beginning of a code stands for; ArgumentError for an unknown name."""
    wanted = name.strip()
    found = tuple(
        check for check in checks if wanted and (check.code.startswith(wanted.upper()) or check.slug == wanted.lower())
    )
    if not found:
        raise ArgumentError(f"{name!r} is no check; {_suggestion(checks, name)}")
    return found


def _suggestion(checks: Sequence[Check], name: str) -> str:
    """Suggest checks with names like an unknown one, else what names there are."""
    names = [*(check.slug for check in checks), *(check.code for check in checks)]
    families = sorted({check.code[0] for check in checks})
    if near := nearest(name, among=names, most=3):
        return f"did you mean {' or '.join(map(repr, near))}?"
    return f"there are codes that begin with {', '.join(families)}, such as {names[-1]} ({names[len(checks) - 1]})"
