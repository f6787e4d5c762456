"""What is validated: a program, what is wrong with its files, and where its parts came from.

Problems of loading become findings, and validation goes on with what is right. What cannot be taken for a program (a
path that leads nowhere, a preset that does not exist) is misuse and raises.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from attribution.collector import without_collector
from attribution.program import Problem, Program, ProgramError, Settings
from attribution.program.parts import Gathered, Origin, gather
from attribution.program.problem import Kind
from attribution.program.problem_wording import id_of
from attribution.program.program_files import Paths, files_of, read_documents
from attribution.validation.source_texts import SourceFile

MISUSE: Final = {Kind.NO_FILE, Kind.ARGUMENTS}
"""The kinds of problems that raise; `unusable.CODES` has the others."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A program as far as it is right. `files` and the origins of its parts are empty where it came from memory.

    ids  of all promo codes, also of those with problems; a function, because seldom asked
    """

    program: Program
    ids: Callable[[], frozenset[str]]
    problems: Sequence[Problem] = ()
    files: Sequence[SourceFile] = ()
    origins: Sequence[Origin] = ()
    allow_origins: Sequence[Origin] = ()

    def raw(self) -> list[Mapping[str, Any]]:
        """The promo codes of the program as their files have them; none where it came from memory."""
        return [self.files[one.document].document.promo_codes[one.element] for one in self.origins]


def read(
    program: Program | Paths,
    partner_id: str | int | None,
    preset: str | None,
    settings: Mapping[str, Any] | Settings | None,
) -> Reading:
    """The program and its problems; ProgramError for what cannot be taken for a program."""
    if isinstance(program, Program):
        if partner_id is not None or preset is not None or settings is not None:
            raise TypeError("partner_id, preset and settings are for program files; a Program has its own")
        return Reading(program, lambda: frozenset(code.id for code in program.promo_codes))
    paths = files_of(program)
    gathered = without_collector(
        lambda: gather(read_documents(paths), partner_id=partner_id, preset=preset, settings=settings)
    )
    if misuse := [problem for problem in gathered.problems if problem.kind in MISUSE]:
        raise ProgramError(misuse)
    files = [SourceFile(path, document) for path, document in zip(paths, gathered.documents, strict=True)]
    loaded = Program.model_validate(gathered)
    origins = gathered.origins, gathered.allow_origins
    return Reading(loaded, lambda: _ids(gathered), gathered.problems, files, *origins)


def _ids(gathered: Gathered) -> frozenset[str]:
    names = (id_of(raw) for read in gathered.documents for raw in read.promo_codes)
    return frozenset(name for name in names if name is not None)
