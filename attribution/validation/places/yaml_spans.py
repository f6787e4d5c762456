"""Spans of values in YAML, from the marks of its nodes."""

import yaml

from attribution.program.yaml_text import compose_yaml
from attribution.validation.places.span import Path, Span

_MERGE = "<<"


class YamlSpans:
    """The spans of one text. What an alias stands for is where its anchor is."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._root = compose_yaml(text)

    def find(self, path: Path) -> Span | None:
        """Where the value at this path stands; None for a path that leads nowhere."""
        node = self._root
        for step in path:
            node = _child(node, step)
            if node is None:
                return None
        if node is None:
            return None
        start, end = node.start_mark.index, node.end_mark.index
        # a block ends where the next one begins: what is between belongs to neither
        return Span(start, start + len(self._text[start:end].rstrip()))


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return node.value[step] if step < len(node.value) else None
    if not isinstance(node, yaml.MappingNode):
        return None
    merged: list[yaml.Node] = []
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode) and key.value == step:
            return value  # type: ignore[no-any-return]  # a node's value is untyped in PyYAML's stubs
        if isinstance(key, yaml.ScalarNode) and key.value == _MERGE:
            merged += value.value if isinstance(value, yaml.SequenceNode) else [value]
    found = (_child(one, step) for one in merged)
    return next((child for child in found if child is not None), None)
