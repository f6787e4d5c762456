"""YAML as nodes that know their line and column, and the reading of them: every scalar is the text written there.

YAML 1.1 reads `NO` as false, `1E10` as a number and `2026-03-01` as a date; promo codes, ids and times look like all
of these. Only nothing, `null` and `~` are null. What is wrong is reported and reading goes on, so that one error has
all problems of a file.
"""

from collections.abc import Iterator, Mapping, Sequence

import yaml

from attribution.errors import AttributionError
from attribution.program.problem import Place, Problem
from attribution.program.program_error import headline
from attribution.program.yaml_text import NULL, TextLoader, mappings, repeated_keys
from attribution.text import did_you_mean, joined, shown


class Report:
    """The problems of one file, as they are found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def at(self, node: yaml.Node, message: str, help: str = "", illustration: tuple[str, ...] = ()) -> None:
        """Add a problem at this node, once: a node may be reached twice, by an alias."""
        mark = node.start_mark
        self.add(message, help, mark.line + 1, mark.column + 1, illustration)

    def add(
        self,
        message: str,
        help: str = "",
        line: int | None = None,
        column: int | None = None,
        illustration: tuple[str, ...] = (),
    ) -> None:
        """Add a problem at a line and a column, counted from 1, or of the whole file."""
        place = Place(self.file, line=line, column=column)
        problem = Problem(message, help, place, illustration=illustration)
        if problem not in self.problems:
            self.problems.append(problem)


class CasesError(AttributionError):
    """Files of cases cannot be used; `problems` has every reason, in the order of the files and their lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """The count, then a line for each problem."""
        files = list(dict.fromkeys(problem.place.file for problem in self.problems))
        lines = [f"  {line}" for problem in self.problems for line in located(problem)]
        return "\n".join([headline(len(self.problems), files), *lines])


def located(problem: Problem) -> list[str]:
    """A problem behind its place, `cases.yaml:3:5: message`, and the lines below it."""
    place = problem.place
    where = ":".join(str(part) for part in (place.file, place.line, place.column) if part is not None)
    return [f"{where}: {problem}", *problem.illustration]


def root_node(text: str, report: Report) -> yaml.Node | None:
    """Compose the one document of the text, with merges (`<<`) done; None for an empty one, and for broken YAML."""
    loader = TextLoader(text)
    try:
        root = loader.get_single_node()
        if root is not None:
            for key in repeated_keys(root):
                report.at(key, f"the key {key.value!r} is given twice")
            for mapping in mappings(root):
                loader.flatten_mapping(mapping)
        return root
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (None, None) if mark is None else (mark.line + 1, mark.column + 1)
        why = ", ".join(part for part in (error.context, error.problem) if part)
        report.add(f"is not YAML: {why}", "text may need quotes", line, column)
    except (yaml.YAMLError, RecursionError) as error:
        why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error).split("\n", 1)[0]
        report.add(f"is not YAML: {why}")
    finally:
        loader.dispose()
    return None


def is_null(node: yaml.Node | None) -> bool:
    """Whether a value is missing or null."""
    return node is None or node.tag == NULL


def words_of(node: yaml.Node) -> str:
    """A node as a message shows it."""
    if isinstance(node, yaml.ScalarNode):
        return "null" if is_null(node) else shown(node.value)
    return "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"


def text_of(node: yaml.Node, what: str, report: Report) -> str | None:
    """The text of a scalar, None for null; anything else is reported as not being `what`."""
    if isinstance(node, yaml.ScalarNode):
        return None if is_null(node) else str(node.value)
    report.at(node, f"{words_of(node)} is no {what}", "it is one text")
    return None


def items_of(node: yaml.Node | None) -> list[yaml.Node]:
    """The items of a list; a single value as a list of one; an empty list for null."""
    if node is None or is_null(node):
        return []
    return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]


class Fields:
    """A mapping by the names that it may have, each with its other spellings; unknown names are reported."""

    def __init__(self, node: yaml.MappingNode, what: str, names: Mapping[str, tuple[str, ...]], report: Report) -> None:
        self.node = node
        self.what = what
        self._report = report
        self._found: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        known = {spelling: name for name, others in names.items() for spelling in (name, *others)}
        for key, value in node.value:
            said = key.value if isinstance(key, yaml.ScalarNode) else None
            name = known.get(said) if said is not None else None
            if name is None:
                help = joined(f"there are {', '.join(names)}", did_you_mean(said, among=known))
                report.at(key, f"{words_of(key)} is no key of {what}", help)
            elif name in self._found and self._found[name][0].value != said:
                same = f"{said!r} and {self._found[name][0].value!r} are the same thing"
                report.at(key, same, "give one of them")
            else:
                self._found[name] = (key, value)

    def __contains__(self, name: str) -> bool:
        return name in self._found

    def items(self) -> Iterator[tuple[str, yaml.Node]]:
        """The names that are given, with their values."""
        return ((name, value) for name, (_, value) in self._found.items())

    def get(self, name: str) -> yaml.Node | None:
        """The value of a name; None if the name is not given."""
        return self._found[name][1] if name in self._found else None

    def key(self, name: str) -> yaml.Node:
        """Where to point to for a name: its key, or the whole mapping if the name is not given."""
        return self._found[name][0] if name in self._found else self.node

    def text(self, name: str) -> str | None:
        """The text of a name; None if it is not given, null or empty."""
        node = self.get(name)
        return (text_of(node, name, self._report) or None) if node is not None else None
