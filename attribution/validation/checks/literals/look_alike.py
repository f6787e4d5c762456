"""L002: a literal that customers take for another partner's: only case, white space or look-alikes tell them apart."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attribution.explaining.confusables import skeleton
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.literals.differences import differences
from attribution.validation.checks.literals.rivals import Member, rivals
from attribution.validation.periods import period
from attribution.validation.promo_code_naming import named, partner, short

_HELP: Final = "rename or retire one of the two, or give both to one partner"


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
                if member.promo_code not in said:
                    said.add(member.promo_code)
                    yield _notice(subject, member.promo_code, rival.promo_code, capitals=capitals)


def _groups(subject: Subject, texts: Sequence[str]) -> Iterator[list[Member]]:
    """The active literals whose texts, given in their order, have one skeleton, where the literals differ."""
    first: dict[str, int] = {}
    alike: dict[int, list[int]] = {}
    for index, text in zip(subject.literals, texts, strict=True):
        leader = first.setdefault(skeleton(text), index)
        if leader != index:
            alike.setdefault(leader, [leader]).append(index)
    for indices in alike.values():
        members = list(_members(subject, indices))
        if len({member.text for member in members}) > 1:
            yield members


def _members(subject: Subject, indices: Iterable[int]) -> Iterator[Member]:
    for index in indices:
        code = subject.promo_codes[index]
        active = period(code)
        if active:
            text = subject.languages[index].text
            yield Member(active, not text.isascii(), index, code.program_id, code.partner_id, text)


def _notice(subject: Subject, index: int, rival_index: int, *, capitals: bool) -> Notice:
    code, rival = subject.promo_codes[index], subject.promo_codes[rival_index]
    how = differences(code.code, rival.code, capitals=capitals)
    return Notice(
        message=f"{named(code)} of {partner(code)} differs from {short(rival)} of {partner(rival)} only by {how}",
        help=_HELP,
        promo_codes=(index, rival_index),
        facts={
            "letter_case": how.letter_case,
            "unseen": [f"U+{ord(char):04X}" for char in how.unseen],
            "look_alikes": [list(pair) for pair in how.look_alikes],
        },
    )


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
