"""The benchmarks' data go to a temporary directory; this is read before any of their modules."""

import atexit
import os
import tempfile

_directory = tempfile.TemporaryDirectory()
atexit.register(_directory.cleanup)
os.environ["BENCHMARKS_DATA"] = _directory.name
