"""YAML in which every plain scalar is the text that is written there.

YAML 1.1 reads `NO` as false, `1E10` as a number, `007` as 7, `12:30` as 750 and `2024-01-01` as a date; promo codes
and ids look like all of these. Only nothing, `null` and `~` are null. A key given twice in one mapping is an error.
"""

import re
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _Base
except ImportError:
    from yaml import SafeLoader as _Base  # type: ignore[assignment]  # where PyYAML has no libyaml


class _TextLoader(_Base):
    """The safe loader without its implicit types."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the name and kind that PyYAML looks up


_TextLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:~|null)?\Z"), ["~", "n", ""])
_TextLoader.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"<<\Z"), ["<"])


def read_yaml(text: str) -> Any:
    """The one document of the text; yaml.YAMLError where it is none."""
    loader = _TextLoader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            return None
        _refuse_repeated_keys(root)
        return loader.construct_document(root)
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        # what PyYAML's readers of `!!int`, `!!timestamp` and the like let through
        raise yaml.YAMLError(f"a value does not fit its tag: {error}") from error
    finally:
        loader.dispose()


def compose_yaml(text: str) -> yaml.Node | None:
    """The nodes of the one document of the text, with their marks."""
    loader = _TextLoader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _refuse_repeated_keys(root: yaml.Node) -> None:
    """Look at keys as they are written: merging brings in keys that may be given again."""
    waiting, met = [root], set()
    while waiting:
        node = waiting.pop()
        if id(node) in met or not isinstance(node, yaml.CollectionNode):
            continue
        met.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
            continue
        keys = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and (key.tag, key.value) in keys:
                raise yaml.MarkedYAMLError(problem=f"the key {key.value!r} is given twice", problem_mark=key.start_mark)
            keys.add((key.tag, key.value) if isinstance(key, yaml.ScalarNode) else key)
            waiting.append(value)
