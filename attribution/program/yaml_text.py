"""YAML in which every plain scalar is the text that is written there.

YAML 1.1 reads `NO` as false, `1E10` as a number, `007` as 7, `12:30` as 750 and `2024-01-01` as a date; promo codes
and ids look like all of these. Only nothing, `null` and `~` are null. A key given twice in one mapping is an error.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

try:
    from yaml import CSafeLoader as _Base
except ImportError:
    from yaml import SafeLoader as _Base  # type: ignore[assignment]  # where PyYAML has no libyaml

NULL: Final = "tag:yaml.org,2002:null"
DEEPEST: Final = 100
"""Levels of lists and mappings in each other. Composing 200,000 of them in libyaml ends the interpreter."""


class _TooDeep(yaml.MarkedYAMLError):
    """The text has more levels than a program needs."""


class TextLoader(_Base):
    """The safe loader without its implicit types but for null and merging, and with a bound on the nesting."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the name and kind that PyYAML looks up

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._text = text
        self._depth = 0

    def get_single_node(self) -> yaml.Node | None:
        """The root of the one document. Nesting that is too deep is told before what stops PyYAML further on.

        A scanner runs ahead of the composer, and may have a limit on the nesting with words of its own.
        """
        try:
            return super().get_single_node()
        except yaml.MarkedYAMLError as error:
            if error.problem_mark is not None:
                _refuse_deep_nesting(self._text[: error.problem_mark.index])
            raise

    def descend_resolver(self, current_node: yaml.Node | None, *_: object) -> None:
        """Called by every composer of PyYAML before each node. There is nothing to resolve by paths."""
        self._depth += 1
        if self._depth > DEEPEST:
            mark = None if current_node is None else current_node.start_mark
            raise _TooDeep(problem=f"nested too deeply, more than {DEEPEST} levels", problem_mark=mark)

    def ascend_resolver(self) -> None:
        """Called by every composer of PyYAML after each node."""
        self._depth -= 1


TextLoader.add_implicit_resolver(NULL, re.compile(r"(?:~|null)?\Z"), ["~", "n", ""])
TextLoader.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"<<\Z"), ["<"])


def read_yaml(text: str) -> Any:
    """Read the one document of the text; yaml.YAMLError for text that is not YAML."""
    root = compose_yaml(text)
    if root is None:
        return None
    for key in repeated_keys(root):
        raise yaml.MarkedYAMLError(problem=f"the key {key.value!r} is given twice", problem_mark=key.start_mark)
    try:
        return TextLoader("").construct_document(root)
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        # what PyYAML's readers of `!!int`, `!!timestamp` and the like let through
        raise yaml.YAMLError(f"a value does not fit its tag: {error}") from error


def compose_yaml(text: str) -> yaml.Node | None:
    """The nodes of the one document of the text, with their marks."""
    loader = TextLoader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _refuse_deep_nesting(start: str) -> None:
    """Raise _TooDeep if the beginning of a text has too many levels, even if it ends in the middle of something."""
    try:
        super(TextLoader, TextLoader(start)).get_single_node()
    except _TooDeep:
        raise
    except yaml.YAMLError:
        return


def mappings(root: yaml.Node) -> Iterator[yaml.MappingNode]:
    """Every mapping under a node, itself included; one that several aliases name comes once."""
    waiting, met = [root], set()
    while waiting:
        node = waiting.pop()
        if id(node) in met or not isinstance(node, yaml.CollectionNode):
            continue
        met.add(id(node))
        if isinstance(node, yaml.MappingNode):
            waiting += [part for pair in node.value for part in pair]
            yield node
        else:
            waiting += node.value


def repeated_keys(root: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """The keys that their mapping has before them already, as written: merging brings in keys that may be repeated."""
    for node in mappings(root):
        met = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if (key.tag, key.value) in met:
                    yield key
                met.add((key.tag, key.value))
