"""The results as Markdown: the machine, the targets, then each case with its contenders."""

from collections.abc import Iterable, Iterator

from benchmarks.results import Outcome, Result
from benchmarks.targets import Results, Target, targets


def report(results: Results, scale: float) -> str:
    """The whole report."""
    lines = [f"# Benchmarks at scale {scale:g}", "", *_machines(results), "", *_targets(results, scale)]
    for result in results.values():
        lines += ["", *_case(result)]
    return "\n".join(lines) + "\n"


def quantity(value: float, unit: str) -> str:
    """A number of seconds or bytes, or a ratio, in three digits."""
    if unit == "B":
        return f"{value / 2**30:.2f} GiB" if value >= 2**30 else f"{value / 2**20:.0f} MiB"
    if unit == "x":
        return f"{value:.2f} x" if value < 10 else f"{value:,.0f} x"
    for name, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= size:
            return f"{value / size:.3g} {name}" if value < 1000 else f"{value:,.0f} {name}"
    return f"{value / 1e-9:.3g} ns"


def _machines(results: Results) -> Iterator[str]:
    """One line per machine and set of versions that results come from."""
    seen: dict[str, list[str]] = {}
    for result in results.values():
        described = ", ".join(f"{name} {value}" for name, value in result.machine.items())
        seen.setdefault(described, []).append(result.case)
    for described, cases in seen.items():
        which = "" if len(seen) == 1 else f" ({', '.join(cases)})"
        yield f"Measured on {described}{which}."
    yield ""
    yield (
        "Times are medians of interleaved runs, each in a process of its own; a peer's answer was equal to ours "
        "before it was timed. `/ ours` is its total as a multiple of ours."
    )


def _targets(results: Results, scale: float) -> Iterator[str]:
    rows = [_target(target, value, scale) for target in targets() if (value := target.value(results)) is not None]
    if not rows:
        return
    yield "## Targets" + ("" if scale == 1 else " (their limits are meant for scale 1)")
    yield ""
    yield from _table(["target", "limit", "measured", "met"], rows)


def _target(target: Target, value: float, scale: float) -> list[str]:
    limit = f"{'at least' if target.at_least else 'at most'} {quantity(target.limit, target.unit)}"
    met = "" if scale != 1 else "yes" if target.met(value) else "**no**"
    return [target.text, limit, quantity(value, target.unit), met]


def _case(result: Result) -> Iterator[str]:
    yield f"### {result.case}"
    yield ""
    yield f"{result.title}; {result.repeats} runs. {_counts(result)}"
    yield ""
    phases = list(dict.fromkeys(phase for outcome in result.contenders for phase in outcome.seconds))
    shown = [phase for phase in phases if [phase] != result.total]
    head = ["contender", *shown, "+".join(result.total), "/ ours", *(["per code"] if result.per > 1 else [])]
    ours = result.contenders[0].total(result.total)
    rows = [_row(outcome, result, shown, ours) for outcome in result.contenders]
    yield from _table([*head, "processor", "peak memory", "answer", "remarks"], rows)


def _row(outcome: Outcome, result: Result, phases: list[str], ours: float | None) -> list[str]:
    total, peak = outcome.total(result.total), outcome.peak()
    cells = [outcome.name, *(_seconds(outcome.phase(phase)) for phase in phases), _seconds(total)]
    cells.append("" if total is None or not ours else quantity(total / ours, "x"))
    if result.per > 1:
        cells.append(_seconds(None if total is None else total / result.per))
    cells += [_seconds(outcome.cpu()), "" if peak is None else quantity(peak, "B"), _answer(outcome)]
    part = "" if outcome.share == 1 else f"on {outcome.share:.2%} of the codes, scaled up"
    return [*cells, "; ".join(filter(None, [outcome.note, part]))]


def _answer(outcome: Outcome) -> str:
    if outcome.status != "ok":
        return outcome.status
    return "equal" if outcome.agrees else ""


def _counts(result: Result) -> str:
    counts = result.contenders[0].counts
    if not counts:
        return ""
    said = "as stated" if result.expected is not None else "stated for other scales only"
    return f"Counts ({said}): {', '.join(f'{name} {number:,}' for name, number in counts.items())}."


def _seconds(value: float | None) -> str:
    return "" if value is None else quantity(value, "s")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A Markdown table that reads as a table in a terminal too."""
    cells = [[cell.replace("|", "\\|") for cell in row] for row in (head, *rows)]
    widths = [max(3, *(len(row[at]) for row in cells)) for at in range(len(cells[0]))]
    for number, row in enumerate(cells):
        yield "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        if number == 0:
            yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"
