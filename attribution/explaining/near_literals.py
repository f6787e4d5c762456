"""Used codes and literals that differ in letter case, white space or look-alikes, or by a slip of a finger."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from attribution.explaining.confusables import ASCII_LOOKS, skeleton
from attribution.explaining.near_difference import BIT, Difference
from attribution.explaining.typos import TypoIndex
from attribution.matching.index.pairs import Pairs
from attribution.matching.used_codes import is_carried
from attribution.terms import WHITE_SPACE
from attribution.text import fold_ascii
from attribution.text_table import TextTable

_CASE, _SPACE = BIT[Difference.CASE], BIT[Difference.WHITE_SPACE]
_WHITE: Final = list(WHITE_SPACE)
_GONE: Final = [""] * len(_WHITE)
_NO_SPACE: Final = dict.fromkeys(map(ord, WHITE_SPACE))
_LOOKS: Final = ("look", "capitals")


def squeezed(text: str) -> str:
    """The text without white space, also inside."""
    return text.translate(_NO_SPACE)


class NearTexts(NamedTuple):
    """Pairs whose texts are near or match: place of a used code, promo code, and mask of the differences (0: none)."""

    place: NDArray[np.uint32]
    promo_index: NDArray[np.uint32]
    mask: NDArray[np.uint16]

    @classmethod
    def of(cls, pairs: Sequence[tuple[int, int, int]]) -> Self:
        """The pairs as arrays."""
        place, index, mask = np.array(pairs, dtype=np.int64).reshape(-1, 3).T
        return cls(place.astype(np.uint32), index.astype(np.uint32), mask.astype(np.uint16))

    @classmethod
    def joined(cls, *parts: Self) -> Self:
        """The pairs of all parts."""
        return cls(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


class NearLiterals:
    """Finds literals near used codes. What it looks them up in is made when first used: 3 us a literal."""

    def __init__(self, literals: Mapping[int, str], *, folded: bool) -> None:
        """`literals` by index of the promo code, as the program has them; `folded`: they match in any letter case."""
        carried = {index: text for index, text in literals.items() if is_carried(text)}
        forms = _forms(pl.Series(list(carried.values()), dtype=pl.String), folded)
        indexed = forms.with_columns(pl.Series("index", list(carried), dtype=pl.UInt32))
        self._folded = folded
        self._forms = indexed.filter(pl.col("bare") != "")

    def near(self, used_codes: pl.Series) -> NearTexts:
        """The near literals of distinct stripped used codes, and those that match; each pair once."""
        theirs = _forms(used_codes, self._folded)
        spelled = self._tables["bare"].find(theirs["bare"])
        found = NearTexts.joined(
            NearTexts(*spelled, self._spelling(theirs, *spelled)),
            *(_alike(self._tables[look].find(theirs[look]), Difference.LOOK_ALIKE) for look in _LOOKS),
            _alike(self._slips(theirs["bare"]), Difference.TYPO),
        )
        # Of a pair that was found in several ways the first one counts: the nearest.
        _, first = np.unique(found.place.astype(np.uint64) << np.uint64(32) | found.promo_index, return_index=True)
        rows = found.promo_index[first]
        return NearTexts(found.place[first], self._forms["index"].to_numpy()[rows], found.mask[first])

    def _spelling(self, theirs: pl.DataFrame, place: NDArray[np.uint32], row: NDArray[np.uint32]) -> NDArray[np.uint16]:
        """What keeps texts apart that are equal without regard to letter case and white space."""

        def equal(form: str) -> NDArray[np.bool_]:
            return (theirs[form].gather(place) == self._forms[form].gather(row)).to_numpy()

        apart = np.where(equal("squeezed"), _SPACE, _CASE | _SPACE)
        apart = np.where(equal("in_lower_case"), _CASE, apart)
        return np.where(equal("compared"), 0, apart).astype(np.uint16)

    def _slips(self, bare: pl.Series) -> Pairs:
        """Places of used codes, and rows of literals that are a slip of a finger apart."""
        distinct, typos = self._typos
        place, text = np.array(list(typos.pairs(bare)), dtype=np.uint32).reshape(-1, 2).T
        slip, row = self._tables["bare"].find(distinct.gather(text))
        return place[slip], row

    @cached_property
    def _typos(self) -> tuple[pl.Series, TypoIndex]:
        distinct = self._forms["bare"].unique(maintain_order=True)
        return distinct, TypoIndex(distinct)

    @cached_property
    def _tables(self) -> dict[str, TextTable]:
        rows = np.arange(self._forms.height, dtype=np.uint32)
        return {form: TextTable(self._forms[form], rows) for form in ("bare", *_LOOKS)}


def _alike(pairs: Pairs, difference: Difference) -> NearTexts:
    return NearTexts(*pairs, np.full(len(pairs[0]), BIT[difference], dtype=np.uint16))


def _forms(texts: pl.Series, folded: bool) -> pl.DataFrame:
    """Each text as it is compared; in lower case; without white space; in neither; its looks, as it is and in capitals.

    Letter case is that of ASCII, except for looks.
    """
    lower = _of_each(texts, lambda plain: plain.str.to_lowercase(), fold_ascii)
    compared = lower if folded else texts
    capitals = _of_each(
        texts, lambda plain: _ascii_look(plain.str.to_uppercase()), lambda text: skeleton(text.upper())
    )
    columns = {
        "compared": compared,
        "in_lower_case": lower,
        "squeezed": compared.str.replace_many(_WHITE, _GONE),
        "bare": lower.str.replace_many(_WHITE, _GONE),
        "look": _of_each(texts, _ascii_look, skeleton),
        "capitals": capitals,
    }
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def _of_each(
    texts: pl.Series, of_plain: Callable[[pl.Series], pl.Series], of_one: Callable[[str], str]
) -> pl.Series:
    """`of_one` of each text; `of_plain` is the way to have it of all that are in ASCII at once."""
    odd = (texts.str.len_bytes() != texts.str.len_chars()).arg_true()
    return of_plain(texts).scatter(odd, [of_one(text) for text in texts.gather(odd)])


def _ascii_look(plain: pl.Series) -> pl.Series:
    return plain.str.replace_many(list(ASCII_LOOKS), list(ASCII_LOOKS.values()))
