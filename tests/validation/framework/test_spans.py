"""Where things stand in JSON, YAML and bulk files."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from attribution.validation.places.bulk_spans import BulkSpans
from attribution.validation.places.json_spans import JsonSpans
from attribution.validation.places.span import Finder, Lines, Path
from attribution.validation.places.written import written_span
from attribution.validation.places.yaml_spans import YamlSpans

TEXTS = st.sampled_from(["a", "b", 'x"y', "\\d{2}", "é😀", "[1,", "}", "", "null", "a: b", "#c"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    TEXTS | st.integers(-5, 5) | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)


def paths(value: Any, start: Path = ()) -> dict[Path, Any]:
    """Every path of a value, and what is there."""
    found = {start: value}
    if isinstance(value, dict):
        for key, inner in value.items():
            found |= paths(inner, (*start, key))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            found |= paths(inner, (*start, index))
    return found


def there(finder: Finder, text: str, path: Path) -> str | None:
    span = finder.find(path)
    return None if span is None else text[span.start : span.end]


@given(VALUES, st.sampled_from([None, 2, "\t"]))
def test_every_value_of_json_is_found_where_it_stands(value: Any, indent: Any) -> None:
    text = json.dumps(value, indent=indent, separators=(" ,", " : "))
    finder = JsonSpans(f"\n {text} ")
    for path, expected in paths(value).items():
        assert json.loads(str(there(finder, f"\n {text} ", path))) == expected


@given(VALUES, st.booleans())
def test_every_value_of_yaml_is_found_where_it_stands(value: Any, flow: bool) -> None:
    text = yaml.safe_dump(value, default_flow_style=flow, allow_unicode=True)
    finder = YamlSpans(text)
    for path, expected in paths(value).items():
        span = finder.find(path)
        assert span is not None
        # a block begins behind its indent, which the text of the span lacks
        column = span.start - (text.rfind("\n", 0, span.start) + 1)
        assert yaml.safe_load(" " * column + text[span.start : span.end]) == expected


@pytest.mark.parametrize("path", [("b",), ("a", 2), ("a", "b"), ("a", 0, "c"), (0,), ("a", 0, 0)], ids=str)
@pytest.mark.parametrize("kind", [JsonSpans, YamlSpans])
def test_what_is_not_there_has_no_span(kind: type[JsonSpans] | type[YamlSpans], path: Path) -> None:
    assert kind('{"a": [{"b": 1}, 2]}').find(path) is None


def test_a_field_that_a_mapping_merges_is_where_it_is_written() -> None:
    text = "- &a {id: 1, code: A}\n- &b {id: 2, rule: R}\n- {<<: [*a, *b], id: 3}\n"
    finder = YamlSpans(text)
    assert [there(finder, text, (2, name)) for name in ("id", "code", "rule", "x")] == ["3", "A", "R", None]


def test_a_block_ends_with_its_last_character() -> None:
    text = "- id: 1\n  code: A\n\n- id: 2\n"
    assert there(YamlSpans(text), text, (0,)) == "id: 1\n  code: A"


BULK = 'Promo Code,Media Id,"Note, Old"\n"A,""1""",7,\n\n"two\nlines",8\n'


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((2, "Promo Code"), '"A,""1"""'),
        ((2, "Media Id"), "7"),
        ((2, "Note, Old"), ""),
        ((4, "Promo Code"), '"two\nlines"'),
        ((4, "Media Id"), "8"),
        ((4, "Note, Old"), None),
        ((2, "Credit Rule"), None),
        ((9, "Media Id"), None),
        ((2,), '"A,""1""",7,'),
    ],
)
def test_cells_are_found_by_line_and_header(path: Path, expected: str | None) -> None:
    assert there(BulkSpans(BULK), BULK, path) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
def test_lines_are_those_of_editors(end: str) -> None:
    text = end.join(["one", "", "three"])
    lines = Lines(text)
    assert [lines.text(number) for number in (1, 2, 3)] == ["one", "", "three"]
    assert [lines.line_of(offset) for offset in (0, 2, text.index("t"), len(text))] == [1, 1, 3, 3]
    assert [lines.start(number) for number in (0, 1, 3, 4)] == [None, 0, text.index("t"), None]


@pytest.mark.parametrize(
    ("raw", "value", "span", "expected"),
    [
        pytest.param("SAVE.*", "SAVE.*", (4, 6), ".*", id="plain"),
        pytest.param('"SAVE\\\\d"', "SAVE\\d", (4, 6), "\\\\d", id="an escaped backslash"),
        pytest.param('"a\\u00e9b"', "aéb", (2, 3), "b", id="behind an escape"),
        pytest.param('"\\ud83d\\ude00b"', "😀b", (1, 2), "b", id="behind a surrogate pair"),
        pytest.param('"\\x41\\U0001F600b"', "A😀b", (2, 3), "b", id="behind escapes of YAML"),
        pytest.param("'it''s'", "it's", (3, 4), "s", id="a doubled quote"),
        pytest.param("'\\d'", "\\d", (0, 2), "\\d", id="single quotes know no escapes"),
        pytest.param('"SAVE"', "SAVE", (4, 4), "", id="the end"),
        pytest.param('"SAVE"', "SAVE", (4, 5), None, id="beyond the end"),
        pytest.param('"a\n b"', "a b", (2, 3), None, id="a folded line"),
        pytest.param("&x SAVE", "SAVE", (0, 1), None, id="an anchor"),
        pytest.param("1E10", "10000000000", (0, 1), None, id="another spelling of a number"),
        pytest.param("1E10", "1e10", (0, 1), None, id="other characters"),
    ],
)
def test_a_part_of_a_value_is_found_in_its_spelling(
    raw: str, value: str, span: tuple[int, int], expected: str | None
) -> None:
    found = written_span(raw, value, span)
    assert (None if found is None else raw[found.start : found.end]) == expected


def test_quotes_of_a_bulk_file_are_doubled_and_backslashes_are_themselves() -> None:
    found = written_span('"a""\\d"', 'a"\\d', (2, 4), csv=True)
    assert found is not None
    assert '"a""\\d"'[found.start : found.end] == "\\d"


@given(st.text("aé\"'\\\n😀\u200b", max_size=8), st.data())
def test_a_part_of_any_json_text_is_found(value: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(value)))
    last = data.draw(st.integers(first, len(value)))
    for raw in (json.dumps(value), json.dumps(value, ensure_ascii=False)):
        found = written_span(raw, value, (first, last))
        assert found is not None
        assert json.loads(f'"{raw[found.start : found.end]}"') == value[first:last]
