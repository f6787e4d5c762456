"""Patterns cut into tokens: nothing is lost, and what belongs together stays together."""

import pytest
from hypothesis import given

from attribution.patterns.dialect import hoist
from attribution.patterns.tokens import Kind, closing, tokens
from tests.draws import draws
from tests.patterns.fragments import ASSEMBLED


@draws(400)
@given(ASSEMBLED)
def test_the_tokens_one_after_the_other_are_the_pattern(drawn: tuple[str, tuple[str, ...]]) -> None:
    text = hoist(drawn[0]).text
    cut = tokens(text)
    assert "".join(token.text for token in cut) == text
    assert all(text[token.start : token.stop] == token.text for token in cut)
    # `regex` has accepted the pattern, so as many groups are closed as are opened.
    assert sum((token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE) for token in cut) == 0


@pytest.mark.parametrize(
    ("pattern", "kinds"),
    [
        ("(?i)^A$", "FLAGS ANCHOR CHARACTER ANCHOR"), ("A{2,3}?", "CHARACTER QUANTIFIER"),
        ("{2}", "CHARACTER CHARACTER CHARACTER"), ("A{2", "CHARACTER CHARACTER CHARACTER"),
        ("A{e<=1}", "CHARACTER FUZZY"),
        ("[]A|]", "CLASS"), (r"[\]]x", "CLASS CHARACTER"), ("[[:alpha:]]", "CLASS"),
        (r"\1\101\d", "REFERENCE ESCAPE ESCAPE"),
        ("(?P<a>A)(?P=a)(?1)", "OPEN CHARACTER CLOSE REFERENCE CALL"), ("(?#A|B)|", "IGNORED BAR"),
        ("(?<=A)", "OPEN CHARACTER CLOSE"), (r"\A.\Z", "ANCHOR DOT ANCHOR"),
        ("(?x)A B#C", "FLAGS CHARACTER IGNORED CHARACTER IGNORED"),
        (r"\p{Lu}\x41\N{DIGIT ONE}", "ESCAPE ESCAPE ESCAPE"), ("(*FAIL)", "VERB"),
    ],
)  # fmt: skip
def test_what_belongs_together_is_one_token(pattern: str, kinds: str) -> None:
    assert " ".join(token.kind.name for token in tokens(pattern)) == kinds


def test_a_group_ends_where_its_own_parenthesis_closes() -> None:
    cut = tokens("A(B(C)[)]D)E")
    assert cut[closing(cut, 1)].start == 10
    assert cut[closing(cut, 3)].start == 5
