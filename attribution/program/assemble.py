"""Documents to the parts of one program, with all problems of all documents in one report."""

from collections.abc import Mapping, Sequence
from typing import Any

from attribution.program.documents import Document
from attribution.program.parts import Parts, gather
from attribution.program.program_error import ProgramError
from attribution.program.settings import Settings


def assemble(
    documents: Sequence[Document],
    *,
    partner_id: str | int | None = None,
    preset: str | None = None,
    settings: Mapping[str, Any] | Settings | None = None,
) -> Parts:
    """Join the parts of all documents; ProgramError with every problem. The arguments are those of `gather`."""
    gathered = gather(documents, partner_id=partner_id, preset=preset, settings=settings)
    if gathered.problems:
        raise ProgramError(gathered.problems)
    return gathered.parts
