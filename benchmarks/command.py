"""The command line: choose cases, run them, report.

python -m benchmarks                           everything at scale 1
python -m benchmarks --resume                  only what has no result yet
python -m benchmarks --only 'job-4M*' --peers duckdb
python -m benchmarks --scale 0.01              a quick look
python -m benchmarks --only 'order-*' --baseline ../before    beside the package of another checkout
python -m benchmarks report                    the table from benchmarks/results/*.json
"""

import argparse
import sys
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path

from benchmarks.baseline import with_baseline
from benchmarks.cases import Case
from benchmarks.registry import all_cases
from benchmarks.report import report
from benchmarks.results import read_results, result_path
from benchmarks.run import WrongAnswerError, run_case
from benchmarks.spawn import ChildError


def main(arguments: Sequence[str] | None = None) -> int:
    """0 if all went well; 1 if an answer was wrong, or some case could not be run."""
    options = _parser().parse_args(arguments)
    cases = [case for case in all_cases(options.scale) if _chosen(case, options.only)]
    if options.baseline is not None:
        cases = [with_baseline(case, options.baseline) for case in cases]
    if options.list:
        for case in cases:
            print(f"{case.name}: {case.title} [{', '.join(each.name for each in case.contenders)}]")
        return 0
    troubles = [] if options.command == "report" else [each for case in cases if (each := _run(case, options))]
    if not options.check:
        results, order = read_results(options.scale), [case.name for case in cases]
        print(report({name: results[name] for name in order if name in results}, options.scale))
    for trouble in troubles:
        print(trouble, file=sys.stderr)
    return 1 if troubles else 0


def _parser() -> argparse.ArgumentParser:
    description, _, examples = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=description,
        epilog=examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", nargs="?", choices=["run", "report"], default="run")
    parser.add_argument("--scale", type=float, default=1.0, help="size of the data; 1 is what the targets mean")
    parser.add_argument("--only", action="append", default=[], metavar="CASE", help="cases, as 'job-4M*'; repeatable")
    parser.add_argument("--peers", action="append", default=[], help="contenders besides ours; repeatable")
    parser.add_argument(
        "--baseline", type=Path, metavar="PATH", help="another checkout; its package is timed between ours"
    )
    parser.add_argument("--repeats", type=int, help="runs of each contender; else as each case says")
    parser.add_argument("--resume", action="store_true", help="pass over cases that have a result")
    parser.add_argument("--check", action="store_true", help="compare answers and counts, take no times")
    parser.add_argument("--list", action="store_true", help="say what there is and stop")
    parser.add_argument("--time-limit", type=float, default=1800, metavar="S", help="seconds for one run")
    return parser


def _chosen(case: Case, only: Sequence[str]) -> bool:
    return not only or any(fnmatch(case.name, pattern) for pattern in only)


def _run(case: Case, options: argparse.Namespace) -> str | None:
    """Run a case and keep its result; returns what went wrong."""
    if options.resume and result_path(case.name, options.scale).exists():
        return None
    print(f"{case.name}: {case.title}", file=sys.stderr)
    repeats = 0 if options.check else options.repeats
    try:
        result = run_case(case, options, repeats=case.repeats if repeats is None else repeats, say=_say)
    except (WrongAnswerError, ChildError) as error:
        _say(f"  {error}")
        return f"{case.name}: {error}"
    if not options.check:
        result.write()
    wrong = [outcome.name for outcome in result.contenders if outcome.agrees is False]
    return f"{case.name}: the answers of {', '.join(wrong)} differ from ours" if wrong else None


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
