"""Whose code is active together with one that looks like it: pairs of different partners, without trying all pairs."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from attribution.validation.periods import Period


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
    for partner in {None, *(one.partner_id for one in better)} - {member.partner_id}:
        texts = {one.text for one in better if one.partner_id != partner}
        if len(texts) <= 1 and member.text not in texts:
            return True
    return False
