"""A closed set is told apart member by member: one that is added is noticed in front of the developer, not of a user.

A new member of `attribution.terms` fails the type checker or a table's test at each place that has to know it. What is
asked about one member only, all others being alike, is listed here with the reason.
"""

import ast
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex

import attribution
from attribution.program.problem import Kind
from attribution.validation import unusable
from attribution.validation.program_reading import MISUSE

ROOT = Path(attribution.__file__).parent
SOURCES = sorted(ROOT.rglob("*.py"))
TREES = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}

KNOWING = {
    "CreditRule": {
        "crediting/rules.py",
        "crediting/rules.py NEEDS_CLICK",
        "crediting/rules.py REASON_MET",
        "explaining/wording.py",
        "validation/checks/overlap/overlap.py CONDITION",
        "validation/checks/usage/never_paid.py _HELP",
        "validation/overlaps/codes.py _STRICTNESS",
    },
    "DefaultCrediting": {"crediting/rules.py"},
    "LiteralCase": {"matching/language.py FOLDED"},
    "MatchMode": {"matching/language.py", "matching/language.py KIND", "matching/language.py RANK"},
    "Outcome": {"explaining/wording.py CREDITED_BY"},
    "Reason": {"explaining/wording.py", "explaining/wording.py REASONS"},
    "RegexMatch": {"matching/language.py SEARCHED"},
    "Resolution": {
        "crediting/rules.py BY_PARTNER",
        "explaining/wording.py",
        "validation/checks/overlap/overlap.py",
    },
    "RowReason": {"events/event_errors.py ROW_PROBLEMS"},
    "State": {
        "program/promo_code.py",
        "validation/checks/dates/state_contradicts_dates.py",
        "validation/checks/dates/state_without_date.py",
    },
    "Uncredited": {"crediting/rules.py"},
}
"""The places that a new member of a term has to be told to: files in which the type checker objects, and tables.

The decision table makes outcomes; only words tell them apart.
"""

PARTIAL = {
    "crediting/rules.py REASON_UNMET": "ALWAYS cannot be unmet",
    "events/conversions.py checks": "the reasons for which a conversion is bad by itself",
    "patterns/tokens.py _REPEATABLE": "only what stands for text is repeated",
    "validation/checks/patterns/runs_under_timeout.py _OTHERS": "the kinds whose constructs have no name of their own",
    "validation/checks/usage/nearly_matched.py _PERHAPS_ANOTHER": "what a different code may look like",
    "validation/checks/usage/nearly_matched.py _WAYS_OUT": "that of letter case depends on the settings",
    "validation/program_reading.py MISUSE": "the rest is in CODES, which a test here says",
    "validation/unusable.py CODES": "the rest is in MISUSE",
    "validation/validate.py tables": "NOTHING is no table",
}
"""Tables with some members only, and which."""

QUESTIONS = {
    "crediting/ledger.py Outcome.WITHHELD": "only who withholds names the promo code that nobody is paid for",
    "crediting/rules.py CreditRule.ALWAYS": "cannot be unmet",
    "crediting/ruleset.py Resolution.SPLIT": "how `split` and `each` differ",
    "crediting/summary.py Outcome.WITHHELD": "the figure of withheld conversions without clicks",
    "events/clicks.py RowReason.UNREADABLE_TIME": "has a value to show",
    "events/conversions.py RowReason.BAD_CLICK_PATH": "has a value to show",
    "events/conversions.py RowReason.UNREADABLE_AMOUNT": "has a value to show",
    "events/conversions.py RowReason.UNREADABLE_TIME": "has a value to show",
    "program/normal.py MatchMode.RE": "has a pattern to check",
    "validation/checks/overlap/overlap.py CreditRule.ALWAYS": "has no condition to state",
    "validation/checks/patterns/matches_everything.py CreditRule.ALWAYS": "pays for the orders of others",
    "validation/overlaps/shadows.py Resolution.ONE": "only here one partner's code surely keeps another's from paying",
}
"""Questions about one member, whatever others there are, and why the others need not be told apart."""


def members(tree: ast.Module) -> dict[str, set[str]]:
    """The closed sets that a module defines, and their members."""
    return {
        node.name: {line.targets[0].id for line in node.body if isinstance(line, ast.Assign)}  # type: ignore[attr-defined]
        for node in tree.body
        if isinstance(node, ast.ClassDef) and {"Enum", "StrEnum"} & {ast.unparse(base) for base in node.bases}
    }


DEFINED = {name: members(tree) for name, tree in TREES.items()}
TERMS = DEFINED["terms.py"]


def in_sight(name: str) -> dict[str, set[str]]:
    """The closed sets that a file defines or imports, and their members."""
    found = dict(DEFINED[name])
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.ImportFrom):
            source = f"{(node.module or '').removeprefix('attribution.').replace('.', '/')}.py"
            names = {one.name for one in node.names}
            found |= {one: keys for one, keys in DEFINED.get(source, {}).items() if one in names}
    return found


MEMBERS = {name: in_sight(name) for name in TREES}


def member(name: str, node: ast.AST | None) -> tuple[str, str] | None:
    """Closed set and member where the expression of that file is one."""
    if isinstance(node, ast.Attribute) and node.attr == "value":
        node = node.value
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return (node.value.id, node.attr) if node.attr in MEMBERS[name].get(node.value.id, ()) else None
    return None


def listed(node: ast.AST) -> list[ast.expr | None]:
    """The keys or items of a display."""
    return list(getattr(node, "keys", None) or getattr(node, "elts", None) or [])


def tables() -> Iterator[tuple[str, str, set[str], set[str]]]:
    """Place, closed set, its members and those present, of each dictionary, set or sequence of several of one set."""
    for name, tree in TREES.items():
        nodes = list(ast.walk(tree))
        asked = {id(side) for node in nodes if isinstance(node, ast.Compare) for side in node.comparators}
        names: dict[int, str] = {}
        for node in nodes:
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
                target = ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
                names |= {id(part): target for part in ast.walk(node.value)}
        for node in nodes:
            if isinstance(node, ast.Dict | ast.Set | ast.Tuple | ast.List) and id(node) not in asked:
                found = [of for item in listed(node) if (of := member(name, item))]
                if len(found) > 1 and len({of for of, _ in found}) == 1:
                    of = found[0][0]
                    yield f"{name} {names.get(id(node), 'unnamed')}", of, MEMBERS[name][of], {one for _, one in found}


def test_a_table_has_every_member() -> None:
    lacking = {place for place, _, all_members, keys in tables() if keys != all_members}
    assert lacking == PARTIAL.keys()


def test_a_match_over_a_closed_set_ends_in_assert_never() -> None:
    open_ended = []
    for name, tree in TREES.items():
        closed = {
            ast.unparse(node.args[0])
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "assert_never"
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Match):
                patterns = [part for case in node.cases for part in ast.walk(case.pattern)]
                asked = any(isinstance(part, ast.MatchValue) and member(name, part.value) for part in patterns)
                rest = node.cases[-1].pattern
                caught = isinstance(rest, ast.MatchAs) and rest.pattern is None
                never = "assert_never" in ast.unparse(node.cases[-1].body[0])
                if asked and ((caught and not never) or ast.unparse(node.subject) not in closed):
                    open_ended.append(f"{name} {ast.unparse(node.subject)}")
    # What stands for no text in the skeleton of a pattern is alike.
    assert open_ended == ["validation/backtracking/skeleton.py token.kind"]


def test_a_question_about_one_member_has_its_reason() -> None:
    asked = set()
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare):
                sides = [node.left, *node.comparators]
                found = [member(name, one) for side in sides for one in (listed(side) or [side])]
                asked |= {f"{name} {'.'.join(one)}" for one in found if one and one[0] in TERMS}
    assert asked == QUESTIONS.keys()


def test_a_kind_of_problem_is_a_finding_or_misuse() -> None:
    assert unusable.CODES.keys() | MISUSE == set(Kind)
    assert unusable.CODES.keys() & MISUSE == set()


@pytest.fixture(scope="module")
def objections(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Term -> the files in which the type checker objects when each term has one member more."""
    copy = tmp_path_factory.mktemp("planted")
    shutil.copytree(ROOT, copy / ROOT.name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT.parent / "pyproject.toml", copy)
    source = copy / ROOT.name / "terms.py"
    begin = r"(?<=class \w+\(StrEnum\):\n {4}.*\n\n)"
    planted = regex.sub(begin, '    PLANTED = "planted"\n', source.read_text(encoding="utf-8"))
    source.write_text(planted, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--hide-error-context", "--no-error-summary"]
    said = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False).stdout
    found: dict[str, set[str]] = defaultdict(set)
    for line in said.splitlines():
        for term in regex.findall(r"(\w+)\.PLANTED", line) or ["unnamed"]:
            found[term].add(line.split(":")[0].removeprefix(f"{ROOT.name}/"))
    return found


@pytest.mark.parametrize("term", TERMS)
def test_a_new_member_is_noticed_wherever_it_has_to_be_known(term: str, objections: dict[str, set[str]]) -> None:
    compared = {place for place, of, _, _ in tables() if of == term and place not in PARTIAL}
    assert objections.keys() <= set(TERMS)
    assert objections.get(term, set()) | compared == KNOWING[term]
