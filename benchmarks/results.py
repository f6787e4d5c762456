"""What was measured, as one JSON file per case: `results/<case>.json`, for other scales `results/scale-<scale>/`."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final, Self

RESULTS: Final = Path(__file__).resolve().parent / "results"


@dataclass(slots=True)
class Outcome:
    """One contender's runs. `status` is `ok`, or says why there are no times; `agrees` is None for no peer's answer."""

    name: str
    note: str = ""
    share: float = 1.0
    unscaled: list[str] = field(default_factory=list)
    status: str = "ok"
    agrees: bool | None = None
    counts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    process_seconds: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)
    peak_bytes: list[int] = field(default_factory=list)

    def phase(self, name: str) -> float | None:
        """Median seconds of one phase, scaled up to the whole case."""
        if not self.seconds.get(name):
            return None
        return median(self.seconds[name]) / (1.0 if name in self.unscaled else self.share)

    def total(self, phases: list[str]) -> float | None:
        """Median seconds of some phases together, scaled up to the whole case; those it does not have are left out."""
        mine = [name for name in phases if self.seconds.get(name)]
        if not mine:
            return None
        weights = [1.0 if name in self.unscaled else 1 / self.share for name in mine]
        runs: Iterable[tuple[float, ...]] = zip(*(self.seconds[name] for name in mine), strict=True)
        return median(sum(weight * value for weight, value in zip(weights, run, strict=True)) for run in runs)

    def cpu(self) -> float | None:
        """Median processor time of the whole process, start and imports included; not scaled up."""
        return median(self.cpu_seconds) if self.cpu_seconds else None

    def peak(self) -> float | None:
        """Median peak memory in bytes."""
        return median(self.peak_bytes) if self.peak_bytes else None


@dataclass(slots=True)
class Result:
    """One case. `per` and `unit` say what one figure is: seconds of a job, or of one of `per` things."""

    case: str
    title: str
    scale: float
    machine: dict[str, str]
    total: list[str]
    per: int = 1
    unit: str = "s"
    repeats: int = 0
    expected: dict[str, int] | None = None
    contenders: list[Outcome] = field(default_factory=list)

    def contender(self, name: str) -> Outcome | None:
        """The contender of that name."""
        return next((outcome for outcome in self.contenders if outcome.name == name), None)

    @classmethod
    def read(cls, path: Path) -> Self:
        """What `write` wrote."""
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        outcomes = [Outcome(**outcome) for outcome in data.pop("contenders")]
        return cls(**data, contenders=outcomes)

    def write(self) -> Path:
        """Write the file at once, so that a run that is stopped leaves whole files."""
        path = result_path(self.case, self.scale)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".tmp")
        temporary.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")
        os.replace(temporary, path)
        return path


def result_path(case: str, scale: float) -> Path:
    """Where the result of a case is."""
    return result_directory(scale) / f"{case}.json"


def result_directory(scale: float) -> Path:
    """Where the results of a scale are."""
    return RESULTS if scale == 1 else RESULTS / f"scale-{scale:g}"


def read_results(scale: float) -> dict[str, Result]:
    """All results of a scale by case."""
    found = (Result.read(path) for path in sorted(result_directory(scale).glob("*.json")))
    return {result.case: result for result in found}
