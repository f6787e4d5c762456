"""pyahocorasick and `re`: an automaton over one literal of each pattern chooses the patterns to try on a used code.

The literal is the longest run of plain characters that stands at the top of the pattern or in a plain group, which is
enough for the patterns here; patterns without one are tried on every used code.
"""

import re
from re import _constants as kinds  # type: ignore[attr-defined]  # not in the stubs, as it is no public name
from re import _parser as parser  # type: ignore[attr-defined]  # the same

import ahocorasick

from benchmarks.cases import Measured
from benchmarks.matching.pairs import pairs, read_codes, read_patterns, report
from benchmarks.phases import Phases


def run(patterns: str, codes: str, answer: str | None, share: float) -> Measured:
    """Build the automaton, match code by code."""
    texts, used = read_patterns(patterns), read_codes(codes, share).to_list()
    phases = Phases()
    with phases("compile"):
        fullmatch = [re.compile(text).fullmatch for text in texts]
        by_literal: dict[str, list[int]] = {}
        for number, text in enumerate(texts):
            by_literal.setdefault(_literal(text), []).append(number)
        always = by_literal.pop("", [])
        automaton = ahocorasick.Automaton()
        for literal, numbers in by_literal.items():
            automaton.add_word(literal, numbers)
        automaton.make_automaton()
        find = automaton.iter if by_literal else lambda _code: ()
    with phases("match"):
        found = []
        for place, code in enumerate(used):
            candidates = set(always)
            for _, numbers in find(code):
                candidates.update(numbers)
            found += [(place, number) for number in candidates if fullmatch[number](code)]
    return report(phases, pairs([place for place, _ in found], [pattern for _, pattern in found]), answer)


def _literal(pattern: str) -> str:
    return max(_runs(parser.parse(pattern)), key=len, default="")


def _runs(items: parser.SubPattern) -> list[str]:
    runs, run = [], ""
    for kind, value in items:
        if kind is kinds.LITERAL:
            run += chr(value)
            continue
        runs.append(run)
        run = ""
        if kind is kinds.SUBPATTERN:
            runs += _runs(value[-1])
    return [*runs, run]
