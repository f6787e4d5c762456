"""Files of the data directory: made once, under another name until they are whole."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

DATA: Final = Path(os.environ.get("BENCHMARKS_DATA") or Path(__file__).resolve().parent.parent / "data").resolve()
"""Where all data are; the environment says where else."""


def cached(name: str, make: Callable[[Path], None]) -> Path:
    """The file or directory `name` of the data directory; `make` writes it to the path it is given."""
    final = DATA / name
    if not final.exists():
        final.parent.mkdir(parents=True, exist_ok=True)
        temporary = final.with_name(f".{final.name}.{os.getpid()}")
        try:
            make(temporary)
            temporary.rename(final)
        finally:
            if temporary.is_dir():
                shutil.rmtree(temporary, ignore_errors=True)
            else:
                temporary.unlink(missing_ok=True)
    return final
