"""L002: a literal that customers take for another partner's: only case, white space or look-alikes tell them apart."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from attribution.explaining.confusables import skeleton
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.literals.differences import differences
from attribution.validation.periods import Period, period
from attribution.validation.promo_code_naming import named, partner, short


class Member(NamedTuple):
    """A promo code of a group that looks alike, by its index; `text` is its code as literals are compared."""

    period: Period
    foreign: bool
    promo_code: int
    program_id: str | None
    partner_id: str
    text: str


def rivals(group: Sequence[Member]) -> Iterator[tuple[Member, Member]]:
    """Each member with one that began before it, if any: of the same program, another partner, and another text.

    Of those it is the one that ends last. Members of one period count as begun in order: those in ASCII first, then by
    position.
    """
    begun: dict[str | None, _Begun] = {}
    everything = _Begun()
    for member in sorted(group):
        if member.program_id is None:
            places = [everything]
        else:
            places = [place for key in (member.program_id, None) if (place := begun.get(key))]
        found = [rival for place in places if (rival := place.rival_of(member))]
        if found:
            yield member, max(found, key=lambda rival: rival.period.end)
        everything.add(member)
        begun.setdefault(member.program_id, _Begun()).add(member)


class _Begun:
    """Members that have begun, as few as answer `rival_of` for every partner and text: five at most."""

    def __init__(self) -> None:
        self._kept: list[Member] = []

    def add(self, member: Member) -> None:
        """Keep those that could be the answer, the last to end first."""
        candidates = sorted([*self._kept, member], key=lambda one: one.period.end, reverse=True)
        self._kept = []
        for one in candidates:
            if _is_needed(one, self._kept):
                self._kept.append(one)

    def rival_of(self, member: Member) -> Member | None:
        """Of those of another partner and another text, the last to end, if it is still active."""
        others = (one for one in self._kept if one.partner_id != member.partner_id and one.text != member.text)
        rival = next(others, None)
        return rival if rival and rival.period.end >= member.period.start else None


def _is_needed(member: Member, better: Sequence[Member]) -> bool:
    """Whether somebody could ask for whom all better ones are out, by partner or by text, and this one is not."""
    for owner in {None, *(one.partner_id for one in better)} - {member.partner_id}:
        texts = {one.text for one in better if one.partner_id != owner}
        if len(texts) <= 1 and member.text not in texts:
            return True
    return False


def find(subject: Subject) -> Iterator[Notice]:
    """One notice at most for each literal, about another that was active before it."""
    said: set[int] = set()
    texts = [subject.promo_codes[index].code for index in subject.literals]
    for capitals in (False, True):
        raised = [text.upper() for text in texts] if capitals else texts
        if capitals and raised == texts:
            return  # the same groups as before
        for group in _groups(subject, raised):
            for member, rival in rivals(group):
                if member.promo_code in said:
                    continue
                said.add(member.promo_code)
                code, other = subject.promo_codes[member.promo_code], subject.promo_codes[rival.promo_code]
                how = differences(code.code, other.code, capitals=capitals)
                yield Notice(
                    message=f"{named(code)} of {partner(code)} differs from {short(other)} of {partner(other)} "
                    f"only by {how}",
                    help="rename or retire one of the two, or give both to one partner",
                    promo_codes=(member.promo_code, rival.promo_code),
                    facts={
                        "letter_case": how.letter_case,
                        "unseen": [f"U+{ord(char):04X}" for char in how.unseen],
                        "look_alikes": [list(pair) for pair in how.look_alikes],
                    },
                )


def _groups(subject: Subject, texts: Sequence[str]) -> Iterator[list[Member]]:
    """The active literals whose texts, given in their order, have one skeleton, where the literals differ."""
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for index, text in zip(subject.literals, texts, strict=True):
        alike[skeleton(text)].append(index)
    for indices in alike.values():
        members = list(_members(subject, indices)) if len(indices) > 1 else []
        if len({member.text for member in members}) > 1:
            yield members


def _members(subject: Subject, indices: Iterable[int]) -> Iterator[Member]:
    for index in indices:
        code = subject.promo_codes[index]
        if active := period(code):
            text = subject.languages[index].text
            yield Member(active, not text.isascii(), index, code.program_id, code.partner_id, text)


CHECK: Final = Check(
    code="L002",
    slug="look-alike",
    severity=Severity.WARNING,
    summary="a literal differs from another partner's only by letter case, white space or look-alike characters",
    why="""\
SUMMER10 of one partner and SUMMER1O of another are one code to customers, who read them in a video or
hear them in a podcast: a slip of the finger pays the other partner, and nobody notices. The same goes
for summer10 where letter case counts, for white space, and for letters of other alphabets. What looks
alike is what Unicode says (UTS #39). Codes of one partner, of different programs or of different times
do not count. Facts: letter_case, unseen, look_alikes (pairs, this code's first).""",
    example=program(
        "id: A1, code: SUMMER10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy",
        "id: B1, code: SUMMER1O, match_mode: LI, credit_rule: ALWAYS, partner_id: bob",
    ),
    mend="Rename or retire one of the two, or give both to one partner.",
    mending={"SUMMER1O": "BOB10"},
    find=find,
)
