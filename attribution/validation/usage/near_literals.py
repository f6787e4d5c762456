"""Used codes and literals that differ in letter case, white space or look-alikes, or by a slip of a finger."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from attribution.program import Program
from attribution.terms import WHITE_SPACE, LiteralCase, MatchMode
from attribution.validation.confusables import skeleton
from attribution.validation.usage.candidates import candidates
from attribution.validation.usage.tables import Nearness
from attribution.validation.usage.typos import typo_pairs

LOWER: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
NO_SPACE: Final = dict.fromkeys(map(ord, WHITE_SPACE))


def near_literals(program: Program, used_codes: pl.Series) -> Iterator[pl.DataFrame]:
    """Tables of `candidates` among the literals, for distinct stripped used codes."""
    codes = enumerate(program.promo_codes)
    literals = {index: code.code for index, code in codes if code.match_mode is MatchMode.LI}
    ours = _forms(pl.Series(list(literals.values()), dtype=pl.String))
    ours = ours.with_columns(pl.Series("promo_index", list(literals), dtype=pl.UInt32)).filter(pl.col("bare") != "")
    theirs = _forms(used_codes)
    yield _spelled_otherwise(theirs, ours, program.settings.literal_case)
    for look in ("skeleton", "capitals"):
        alike = theirs.join(ours, on=look, suffix="_literal")
        yield candidates(alike.filter(pl.col("bare") != pl.col("bare_literal")), Nearness.LOOK_ALIKE)
    keys = ours["bare"].unique()
    slips = pl.DataFrame(
        typo_pairs(theirs["bare"], keys), schema={"used": pl.UInt32, "literal": pl.UInt32}, orient="row"
    )
    slipped = pl.DataFrame({"text": theirs["text"].gather(slips["used"]), "bare": keys.gather(slips["literal"])})
    yield candidates(slipped.join(ours.select("bare", "promo_index"), on="bare"), Nearness.TYPO)


def _forms(texts: pl.Series) -> pl.DataFrame:
    """Each text in lower case (of ASCII), without white space, without either (`bare`); its look, also in capitals."""
    text = texts.to_list()
    lower = [one.translate(LOWER) for one in text]
    bare = [one.translate(NO_SPACE) for one in lower]
    columns = {
        "text": text,
        "lower": lower,
        "squeezed": [one.translate(NO_SPACE) for one in text],
        "bare": bare,
        "skeleton": [skeleton(one) for one in text],
        "capitals": [skeleton(one.upper()) for one in text],
    }
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def _spelled_otherwise(theirs: pl.DataFrame, ours: pl.DataFrame, literal_case: LiteralCase) -> pl.DataFrame:
    """Pairs that match anyway may be among them."""
    pairs = theirs.join(ours, on="bare", suffix="_literal")
    if literal_case is LiteralCase.INSENSITIVE:
        return candidates(pairs, Nearness.WHITE_SPACE)
    same_but_case = pl.col("lower") == pl.col("lower_literal")
    same_but_space = pl.col("squeezed") == pl.col("squeezed_literal")
    return pl.concat(
        [
            candidates(pairs.filter(same_but_case), Nearness.CASE),
            candidates(pairs.filter(same_but_space), Nearness.WHITE_SPACE),
            candidates(pairs.filter(~same_but_case & ~same_but_space), Nearness.CASE_AND_WHITE_SPACE),
        ]
    )
