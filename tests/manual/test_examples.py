"""Every example of the README, the manual and the samples' pages runs and gives what it says."""

import doctest
import re
import shlex
import shutil
from pathlib import Path

import pytest
import yaml

from attribution import Program
from attribution.validation.validate import review
from tests.cli.terminal import QUICKSTART, ROOT, run
from tests.manual.pages import README, Block, blocks, transcript


@pytest.fixture(autouse=True)
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a reader has: a clone, which is the current directory."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("block", blocks("console"), ids=str)
def test_a_command_prints_what_the_page_shows(block: Block) -> None:
    for (command, *arguments), output in transcript(block):
        assert command == "attribution"
        done = run(*arguments)
        assert done.exit_code in (0, 1, 2), done.output
        if output:
            assert done.output == output


@pytest.mark.parametrize("block", blocks("python"), ids=str)
def test_a_script_runs(block: Block) -> None:
    exec(compile(block.text, str(block), "exec"), {})


@pytest.mark.parametrize("path", {block.page: None for block in blocks("pycon")}, ids=lambda path: path.stem)
def test_the_session_of_a_page_goes_as_shown(path: Path) -> None:
    """All blocks of a page together: a later one knows what an earlier one has made."""
    session = "".join(block.text for block in blocks("pycon") if block.page == path)
    example = doctest.DocTestParser().get_doctest(session, {}, path.name, path.name, 0)
    report: list[str] = []
    doctest.DocTestRunner(verbose=False).run(example, out=report.append)
    assert "".join(report) == ""
    assert example.examples


@pytest.mark.parametrize("block", blocks("yaml"), ids=str)
def test_a_program_in_the_manual_is_one(block: Block, clone: Path) -> None:
    (clone / "program.yaml").write_text(block.text, encoding="utf-8")
    assert [code.id for code in Program.load(clone / "program.yaml").promo_codes] == ["1", "2"]


def test_the_allowance_in_the_manual_silences_its_finding(clone: Path) -> None:
    (block,) = (one for one in blocks("yaml") if "allow:" in one.text)
    (clone / "program.yaml").write_text(block.text, encoding="utf-8")
    found = review(clone / "program.yaml", as_of="2026-07-01")
    assert (list(found.findings), [one.finding.slug for one in found.allowed]) == ([], ["overlap"])


def test_the_case_in_the_readme_is_one_of_the_quickstart() -> None:
    (excerpt,) = re.findall(r"^```yaml excerpt\n(.*?)^```$", README.read_text(encoding="utf-8"), re.M | re.DOTALL)
    assert f"\n{excerpt}\n" in (QUICKSTART / "cases.yaml").read_text(encoding="utf-8")


def test_the_hook_in_the_manual_is_that_of_the_project() -> None:
    (block,) = (one for one in blocks("text") if one.text.startswith("repos:"))
    ((told,),) = (repo["hooks"] for repo in yaml.safe_load(block.text)["repos"])
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert told["id"] in [hook["id"] for hook in hooks]


def test_the_first_command_works_as_it_stands() -> None:
    first, _ = (block.text.strip() for block in blocks("sh"))
    install, command = first.split(" && ")
    assert install == "pip install ."
    assert run(*shlex.split(command)[1:]).exit_code == 0


def test_the_tests_are_run_as_the_readme_says() -> None:
    """The run from a fresh environment has the very command."""
    _, command = (block.text.strip() for block in blocks("sh"))
    assert command == "pip install '.[test]' && pytest"
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
