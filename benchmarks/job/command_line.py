"""Ours as it is used in a terminal: `attribution credit`, a process from its start to its exit."""

from collections.abc import Mapping

from benchmarks.cases import Measured
from benchmarks.job.job_summary import FILE
from benchmarks.job.place import output
from benchmarks.process import run_process
from benchmarks.spawn import call


def run(program: str, conversions: str, clicks: str, answer: str | None) -> Measured:
    """Credit everything, write the tables and print the summary."""
    return credit(program, {"conversions": conversions, "clicks": clicks}, answer)


def credit(program: str, sources: Mapping[str, str], answer: str | None) -> Measured:
    """`attribution credit PROGRAM --json` with an option for each source."""
    options = [word for name, path in sources.items() for word in (f"--{name}", path)]
    with output(answer) as place:
        measured, printed = run_process(
            ["-m", "attribution", "credit", program, *options, "--output", str(place), "--json"]
        )
        if answer is None:
            return measured
        (place / FILE).write_text(printed, encoding="utf-8")
        return {**measured, "counts": call("benchmarks.job.counts:of_answer", {"answer": answer})["counts"]}
