"""YAML nested far deeper than any program: a problem of the file, not the end of the interpreter."""

import subprocess
import sys
from pathlib import Path

import pytest

from attribution.program import Program, ProgramError
from attribution.program.yaml_text import DEEPEST

LOAD = """\
import sys
from attribution.program import Program, ProgramError
from attribution.cases.nodes import CasesError
from attribution.cases.run import run_cases
for load in (Program.load, run_cases):
    try:
        load(sys.argv[1])
    except (ProgramError, CasesError) as error:
        print(str(error).splitlines()[-1])
"""


@pytest.mark.parametrize("level", ["[", "{a: ", "- ", "? ", "a: ["])
def test_every_reader_of_yaml_survives_levels_without_end(tmp_path: Path, level: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(200_000 * level, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", LOAD, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    program, cases = done.stdout.splitlines()
    assert "is not YAML: nested too deeply, more than 100 levels" in program
    assert "is not YAML: nested too deeply, more than 100 levels" in cases


def test_siblings_are_no_levels_and_the_deepest_allowed_is_read(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    deepest = (DEEPEST - 3) * "[" + (DEEPEST - 3) * "]"  # inside the program, its list and the promo code
    code = "- {id: 1, code: A, match_mode: LI, credit_rule: ALWAYS, partner_id: 7, extra: "
    path.write_text(f"promo_codes:\n{code}[{200 * '[], '}]}}\n{code.replace('1', '2')}{deepest}}}\n", encoding="utf-8")
    assert len(Program.load(path).promo_codes) == 2
    path.write_text(f"promo_codes:\n{code}[{deepest}]}}\n", encoding="utf-8")
    with pytest.raises(ProgramError, match="line 2, column 175: is not YAML: nested too deeply"):
        Program.load(path)
