"""L005: a literal with characters beyond ASCII, above all with such as are taken for letters and digits of ASCII."""

from collections.abc import Iterator
from typing import Final

from attribution.explaining.confusables import is_unseen, name, prototype, skeleton
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.promo_code_naming import named


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for each literal; what cannot be seen is left to L003 and L004."""
    for index in subject.literals:
        code = subject.promo_codes[index]
        if code.code.isascii():
            continue
        places = [place for place, char in enumerate(code.code) if not char.isascii() and not is_unseen(char)]
        if not places:
            continue
        disguised = [place for place in places if prototype(code.code[place]).isascii()]
        # words of other alphabets may have a letter that looks like one of ASCII; among letters of ASCII it is a slip
        among_ascii = any(char.isascii() and char.isalpha() for char in code.code) or skeleton(code.code).isascii()
        slip = bool(disguised) and among_ascii
        meant = disguised if slip else places
        names = list(dict.fromkeys(f"{code.code[place]} {name(code.code[place])}" for place in meant))
        said = "looks like ASCII in part, but is not" if slip else "goes beyond ASCII"
        yield Notice(
            message=f"{named(code)} {said}: {', '.join(names)}",
            help="type the code anew, on an English keyboard" if slip else "use plain letters, digits and hyphens",
            promo_codes=(index,),
            span=(meant[0], meant[0] + 1),
            facts={"characters": names, "places": meant, "looks_like_ascii": slip},
            severity=Severity.WARNING if slip else None,
        )


CHECK: Final = Check(
    code="L005",
    slug="not-ascii",
    severity=Severity.INFO,
    summary="a literal has characters beyond ASCII; a warning where they pass for ASCII",
    why="""\
Nothing is folded when used codes are compared: a Cyrillic А is no A, an en dash no hyphen, and an É is
not always the same É. A character that looks like one of ASCII and is none is a warning, for nobody
types it; other characters beyond ASCII are only mentioned, for some customers have no key for them.
Facts: characters, places, looks_like_ascii.""",
    example=program(r'id: A1, code: "S\u0410VE10", match_mode: LI, credit_rule: ALWAYS, partner_id: amy'),
    mend="Type the code anew, in plain letters and digits.",
    mending={r"\u0410": "A"},
    find=find,
)
