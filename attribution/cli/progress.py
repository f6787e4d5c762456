"""Progress on stderr, for work that takes longer than a moment and somebody who watches a terminal."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

PATIENCE: Final = 1.5
"""Seconds before anything is shown."""


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Gives a function that names the stage of the work; shows it with the seconds passed, and wipes it in the end."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    shown = _Shown()
    timer = threading.Timer(PATIENCE, shown.start)
    timer.daemon = True
    timer.start()
    try:
        yield shown.stage
    finally:
        timer.cancel()
        shown.stop()


class _Shown:
    """A line that appears late, if at all. The lock keeps a late start from outliving the end."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now = ""
        self._ended = False
        self._display: Progress | None = None
        self._task: TaskID | None = None

    def stage(self, name: str) -> None:
        """What is being done now."""
        with self._lock:
            self._now = name
            if self._display is not None and self._task is not None:
                self._display.update(self._task, description=name)

    def start(self) -> None:
        """Show the line."""
        with self._lock:
            if self._ended:
                return
            columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
            self._display = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._display.add_task(self._now, total=None)
            self._display.start()

    def stop(self) -> None:
        """Wipe the line."""
        with self._lock:
            self._ended = True
            if self._display is not None:
                self._display.stop()
