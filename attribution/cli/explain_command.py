"""`attribution explain`: why one conversion has its credit."""

from attribution.cli.command_inputs import ProgramFiles, Tables
from attribution.cli.printing import print_json, print_lines
from attribution.cli.progress import progress
from attribution.engine import Engine
from attribution.explaining.explain import explain
from attribution.explaining.wording import in_words


def run(files: ProgramFiles, tables: Tables, conversion_id: str, *, as_json: bool) -> None:
    """Prints the explanation."""
    with progress() as stage:
        stage("loading the program")
        engine = Engine(files.load())
        stage("reading")
        found = explain(engine, tables.conversions, tables.clicks, conversion_id, columns=tables.columns)
    if as_json:
        print_json(found.to_dict())
    else:
        print_lines(in_words(found))
