"""Whatever stands in a program file, validation reports it and never fails; what it says has a line."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attribution.validation.formats.as_text import text
from attribution.validation.formats.sarif import sarif
from attribution.validation.validate import review

FILES = {
    "p.yaml": """\
settings: {lookback: 30d}
promo_codes:
  - &a {id: 1, code: 'SAVE.*', match_mode: LI, credit_rule: ALWAYS, partner_id: 7}
  - {<<: *a, id: 2, code: "(\\\\d", match_mode: RE}
allow:
  - {check: odd, until: x}
""",
    "p.json": """\
{"@page": "1", "PromoCodes": [
 {"Id": 1, "Code": "SAVE\\u002e*", "Type": "LI", "CreditPolicy": "ALWAYS", "AssignedPartnerId": 7, "Deal": {"Id": 3}},
 {"Id": 1, "Code": "B"}]}
""",
    "p.csv": 'Promo Code,Media Id,Credit Rule,Match Mode\n"SAVE.*",7,ALWAYS,LI\n"A""B,",,NEVER,RE\n',
}
SIGNS = list("\"'{}[],:\n\r\\\t\u200b#\x00|>")
PIECES = st.sampled_from([*SIGNS, "- ", "é😀", "null", "1e9", "&a", "*a", "<<: ", "9" * 400, "!!int ", "(?i)", "[[["])


@st.composite
def files(draw: st.DrawFn) -> tuple[str, str]:
    """A file with some of its text replaced."""
    name = draw(st.sampled_from(sorted(FILES)))
    content = FILES[name]
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(content)))
        content = content[:start] + draw(PIECES | st.just("")) + content[start + draw(st.integers(0, 9)) :]
    return name, content


@given(files())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_file_can_be_validated(tmp_path: Path, drawn: tuple[str, str]) -> None:
    name, content = drawn
    path = tmp_path / name
    path.write_bytes(content.encode())
    found = review(path, as_of="2026-07-01", select=["F", "L", "P008", "A"])
    assert text(found, limit=0).count("  help: ") == len(found.findings)
    assert sarif(found)
    for finding in found.findings:
        place = finding.place
        assert place.file == path.as_posix()
        if place.text is not None:
            assert place.line is not None
            assert place.caret is not None
            assert 0 <= place.caret[0] < place.caret[1] <= len(place.text) + 1
        if finding.check == "L001":
            assert place.line is not None
