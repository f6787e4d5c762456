"""Matching that goes on without the patterns that take too long.

A pattern that runs on and on over some used code stops crediting, and rightly so. Validation and explanations have to
get past it, to say what else is there to be said.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeVar

from attribution.matching.decider import PatternTimeoutError
from attribution.matching.language import NOTHING, Language
from attribution.matching.matcher import Matcher

Done = TypeVar("Done")


class PatientMatcher:
    """A matcher that leaves out a language as soon as it takes too long; `slow` are the places of those left out."""

    def __init__(self, languages: Sequence[Language], names: Sequence[str] = (), *, most: int | None = None) -> None:
        """With more than `most` languages that take too long, PatternTimeoutError is raised after all."""
        self.slow: list[int] = []
        self._languages = list(languages)
        self._names = names
        self._most = most

    def do(self, work: Callable[[Matcher], Done]) -> Done:
        """Do the work with a matcher of the languages; once more without each that takes too long."""
        while True:
            try:
                return work(self._matcher)
            except PatternTimeoutError as error:
                if len(self.slow) == self._most:
                    raise
                self.slow.append(error.place)
                self._languages[error.place] = NOTHING
                del self._matcher

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self._languages, self._names)
