"""A shape is read like the pattern it stands for, character by character."""

import pytest
from hypothesis import example, given

from attribution.patterns.dialect import hoist
from attribution.patterns.required_literals import CASELESS_PLACEHOLDER, PLACEHOLDER
from attribution.patterns.shapes import Shape, all_runs, longest_run
from attribution.patterns.syntax import parse
from attribution.patterns.tree import Alternation, Concat, Literal, Node, Opaque, Repeat, children
from tests.draws import draws
from tests.patterns.fragments import ASSEMBLED

BLANKS = ("_", PLACEHOLDER, CASELESS_PLACEHOLDER)


def blanked(node: Node) -> Node:
    """The tree with a placeholder for each ASCII letter, digit and underscore."""
    match node:
        case Literal(char, flags) if (char.isascii() and char.isalnum()) or char in BLANKS:
            return Literal(PLACEHOLDER, flags)
        case Concat(items):
            return Concat(tuple(map(blanked, items)))
        case Alternation(branches):
            return Alternation(tuple(map(blanked, branches)))
        case Repeat(item, low, high):
            return Repeat(blanked(item), low, high)
        case Opaque(bound):
            return Opaque(blanked(bound))
        case _:
            return node


def characters(node: Node) -> str:
    """All literals of the tree in their order."""
    return node.char if isinstance(node, Literal) else "".join(map(characters, children(node)))


def filled(shape: Shape) -> str:
    """The pattern a shape was made of."""
    parts = shape.text.split(shape.mask) if shape.runs else [shape.text]
    return parts[0] + "".join(run + part for run, part in zip(shape.runs, parts[1:], strict=True))


@draws(600)
@given(ASSEMBLED)
@example((r"\101", ()))
@example((r"\123AVE", ()))
@example((r"(A)(B)(C)(D)(E)(F)(G)(H)(I)(J)\10AB", ()))
@example((r"(?i)SAVE10[]AB]", ()))
@example((r"\x4101\p{Lu}AB(?P<AB>AB)A{2}AB", ()))
def test_a_shape_is_read_like_its_pattern(drawn: tuple[str, object]) -> None:
    pattern, _ = drawn
    shape = longest_run(pattern)
    assert filled(shape) == pattern
    assert filled(all_runs(pattern)) == pattern
    if shape.runs:
        true, read = parse(hoist(pattern).text), parse(hoist(shape.text).text)
        assert blanked(read) == blanked(true)
        assert characters(read).replace(shape.mask, shape.runs[0]) in ("", characters(true))


@pytest.mark.parametrize(
    "pattern",
    [
        r"\101", r"\060AB", r"\0AB", r"\07AB", r"(A)\1AB", r"(A)\12", r"\x41AB", r"\u0041AB", r"\U00000041AB", r"\pLAB",
        r"\N{DIGIT ONE}AB", r"(A)\g<1>AB", "(A)(?1)AB", "(A)(?(1)AB|CD)", "(?#AB)AB", "(?x)A AB", "(?x: AB)",
        "AB{e<=1}",
        "AB{", "AB{2", "AB]", "AB}", "[[:alpha:]]AB", r"[\101]AB", "[[AB]", "[]AB]AB", "[^]AB]AB", "(*FAIL)AB",
        "(?P=AB)", "(?P>AB)", "(?&AB)",
        "(?|AB|CD)", "(?<=AB)", "(?V1)AB", "(?-i:AB)", "(?R)AB", r"\L<AB>", r"\KAB", r"\QAB", "AB\\", "AB\ue000",
        "AB\ue001",
    ],
)  # fmt: skip
def test_what_is_not_surely_plain_has_no_shape(pattern: str) -> None:
    assert longest_run(pattern) == all_runs(pattern) == Shape(pattern, ())


@pytest.mark.parametrize(
    ("pattern", "run"),
    [
        ("^(SUMMER).*", "SUMMER"), (r"^SUMMER24\d{2,4}$", "SUMMER24"), ("^SUMMER-[A-Z0-9]{6}$", "SUMMER"),
        ("^(?i)(SUMMER)", "SUMMER"),
        ("^[A-Z]{2,5}SUMMER[0-9]+$", "SUMMER"), (r"(?P<word>\w+)-SUMMER?", "SUMME"), (r"[\w-]{2}SUMMER\.X1", "SUMMER"),
        ("AB|SUMMER", "SUMMER"), ("[AB]SUMMER", "SUMMER"), ("É-SUMMER", "SUMMER"), (r"\p{Lu}SUMMER(?!AB)", "SUMMER"),
    ],
)  # fmt: skip
def test_the_usual_kinds_of_patterns_have_shapes(pattern: str, run: str) -> None:
    assert longest_run(pattern).runs == (run,)
    assert run in all_runs(pattern).runs


@pytest.mark.parametrize(
    ("pattern", "shape"),
    [
        pytest.param("^AB12.*", "^\ue000\ue000\ue000\ue000.*", id="where case counts, all alike"),
        pytest.param("(?i)AB12.*", "(?i)\ue000\ue000\ue001\ue001.*", id="without case, letters apart"),
        pytest.param("[Ss]AB12", "[Ss]\ue000\ue000\ue001\ue001", id="a class of both cases"),
    ],
)
def test_each_character_of_a_run_has_its_placeholder(pattern: str, shape: str) -> None:
    assert longest_run(pattern).text == shape
