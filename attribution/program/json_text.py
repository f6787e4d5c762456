"""JSON whose numbers remember how they are written, and whose objects have no key twice."""

import json
from typing import Any

from attribution.program.values import WrittenNumber
from attribution.text import BadValueError


def read_json(text: str) -> Any:
    """The value of the text; json.JSONDecodeError with line and column, or BadValueError, for text that is not JSON."""
    return json.loads(text, parse_float=WrittenNumber, parse_constant=_refuse_constant, object_pairs_hook=_unique)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadValueError(f"an object has the key {twice!r} twice: {json.dumps(found, default=str)[:80]}")
    return found


def _refuse_constant(word: str) -> None:
    raise BadValueError(f"{word} is no JSON value", "put it in quotes")
