"""Sets of patterns, each with used codes of which about a third match something.

A kind of pattern is a text in which WORD stands for a word of its own, with a way to write a code that matches it.
"""

from collections.abc import Callable, Iterator
from random import Random
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Final, NamedTuple

_LETTERS: Final = ascii_uppercase
_ALPHANUMERIC: Final = ascii_uppercase + digits


class Kind(NamedTuple):
    """A pattern with WORD in it, and how to complete a word to a code that the pattern matches."""

    pattern: str
    code: Callable[[Random, str], str]


class CodeSet(NamedTuple):
    """Patterns, and how to write a used code that matches one of them or, almost surely, none."""

    patterns: list[str]
    hit: Callable[[Random], str]
    miss: Callable[[Random], str]


def some(random: Random, alphabet: str, least: int, most: int | None = None) -> str:
    """A text of so many characters of an alphabet."""
    return "".join(random.choices(alphabet, k=random.randint(least, most or least)))


_PREFIX: Final = (
    Kind("^(WORD).*", lambda r, word: word + some(r, _ALPHANUMERIC, 1, 6)),
    Kind("WORD-[0-9]+", lambda r, word: word + "-" + some(r, digits, 1, 8)),
)
_DIGITS: Final = Kind(r"^WORD\d{2,4}$", lambda r, word: word + some(r, digits, 2, 4))
_SERIAL: Final = Kind("^WORD-[A-Z0-9]{6}$", lambda r, word: word + "-" + some(r, _ALPHANUMERIC, 6))
_MIXED: Final = (
    _PREFIX[0],
    _DIGITS,
    Kind(".*WORD$", lambda r, word: some(r, _ALPHANUMERIC, 1, 6) + word),
    _SERIAL,
    Kind("^[A-Z]{2,5}WORD[0-9]+$", lambda r, word: some(r, _LETTERS, 2, 5) + word + some(r, digits, 1, 4)),
    Kind(".*WORD.*", lambda r, word: some(r, _ALPHANUMERIC, 0, 4) + word + some(r, _ALPHANUMERIC, 0, 4)),
)
_STRICT: Final = (
    _DIGITS,
    _SERIAL,
    Kind("WORD[0-9]{8}", lambda r, word: word + some(r, digits, 8)),
    Kind("^(WORD)(10|15|20|25)$", lambda r, word: word + r.choice(("10", "15", "20", "25"))),
)


def prefix(random: Random, count: int) -> CodeSet:
    """What most programs have: `^(JANE).*` and `PARTNER0001-[0-9]+` in turn."""
    words = list(_words(random, count))
    words[1::2] = [f"PARTNER{number:04}" for number in range(len(words[1::2]))]
    return _of_kinds(_PREFIX, words, _other_code)


def mixed(random: Random, count: int) -> CodeSet:
    """Six kinds in equal parts: beginnings, ends, middles, lengths."""
    return _of_kinds(_MIXED, list(_words(random, count)), _other_code)


def near_miss(random: Random, count: int) -> CodeSet:
    """Codes that match nothing fail in the last character."""
    words = list(_words(random, count))
    almost = _of_kinds(_STRICT, words, _other_code).hit
    return _of_kinds(_STRICT, words, lambda r: almost(r) + r.choice("#_Q"))


def no_literal(random: Random, count: int) -> CodeSet:
    """Patterns without a character that a code must have: `[C-R]{4}\\d{2}` and the like."""
    shapes: list[tuple[str, Callable[[Random], str]]] = []
    while len(shapes) < count:
        low = random.randint(0, 12)
        letters = _LETTERS[low : low + random.randint(8, 13)]
        size, more = random.randint(3, 6), random.randint(2, 4)
        shape = random.choice(_SHAPES)(letters, size, more)
        if shape[0] not in [pattern for pattern, _ in shapes]:
            shapes.append(shape)
    return CodeSet([pattern for pattern, _ in shapes], lambda r: r.choice(shapes)[1](r), _lower_case_code)


def _letters_digits(letters: str, size: int, more: int) -> tuple[str, Callable[[Random], str]]:
    pattern = f"[{letters[0]}-{letters[-1]}]{{{size}}}\\d{{{more}}}"
    return pattern, lambda r: some(r, letters, size) + some(r, digits, more)


def _letters_maybe_digits(letters: str, size: int, more: int) -> tuple[str, Callable[[Random], str]]:
    pattern = f"[{letters[0]}-{letters[-1]}]{{2,{size}}}[0-9]{{{more},{more + 2}}}"
    return pattern, lambda r: some(r, letters, 2, size) + some(r, digits, more, more + 2)


def _alternating(letters: str, size: int, more: int) -> tuple[str, Callable[[Random], str]]:
    pattern = f"(?:[{letters[0]}-{letters[-1]}]\\d{{{more}}}){{{size - 1}}}"
    return pattern, lambda r: "".join(r.choice(letters) + some(r, digits, more) for _ in range(size - 1))


def _digits_letters(letters: str, size: int, more: int) -> tuple[str, Callable[[Random], str]]:
    pattern = f"^\\d{{{more}}}[{letters[0]}-{letters[-1]}]+[0-9]?$"
    return pattern, lambda r: some(r, digits, more) + some(r, letters, 1, size)


_SHAPES: Final = (_letters_digits, _letters_maybe_digits, _alternating, _digits_letters)


def _of_kinds(kinds: tuple[Kind, ...], words: list[str], miss: Callable[[Random], str]) -> CodeSet:
    patterns = [kinds[at % len(kinds)].pattern.replace("WORD", word) for at, word in enumerate(words)]

    def hit(random: Random) -> str:
        at = random.randrange(len(words))
        return kinds[at % len(kinds)].code(random, words[at])

    return CodeSet(patterns, hit, miss)


def _words(random: Random, count: int) -> Iterator[str]:
    seen: dict[str, None] = {}
    while len(seen) < count:
        seen[some(random, _LETTERS, 4, 8)] = None
    return iter(seen)


def _other_code(random: Random) -> str:
    """A code as customers enter them: a word with digits, with a serial number, or alone."""
    word = some(random, _LETTERS, 4, 8)
    return word + random.choice(("", some(random, digits, 2, 4), "-" + some(random, _ALPHANUMERIC, 6)))


def _lower_case_code(random: Random) -> str:
    """A code that breaks off at a lower-case letter somewhere."""
    code = some(random, _LETTERS, 2, 5) + some(random, digits, 2, 4)
    place = random.randrange(len(code))
    return code[:place] + random.choice(ascii_lowercase) + code[place:]
