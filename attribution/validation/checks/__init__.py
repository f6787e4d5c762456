"""All checks, by family."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from attribution.validation.check import Check

_FAMILIES: Final = ("files", "overlap", "patterns", "literals", "dates", "rules", "usage", "allowances")


def family(name: str) -> tuple[Check, ...]:
    """The checks of a package of this one, each the `CHECK` of a module, in the order of their codes."""
    package = f"{__name__}.{name}"
    names = [module.name for module in iter_modules(import_module(package).__path__, f"{package}.")]
    checks = [module.CHECK for module in map(import_module, names) if hasattr(module, "CHECK")]
    return tuple(sorted(checks, key=lambda check: check.code))


CHECKS: Final = tuple(check for name in _FAMILIES for check in family(name))
"""In the order of the manual; codes and slugs are distinct."""

BY_CODE: Final = {check.code: check for check in CHECKS}
