"""The house rules: layers, loops, sizes, docstrings, promised names, commands and codes all documented."""

from __future__ import annotations

import ast
import importlib
import io
import os
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "steelyard"
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
COMMANDS = {"read", "query", "check", "project", "compare", "panel", "report", "build", "new", "serve", "mcp"}
VERBS = ["read_document", "check_ledger", "project_scenario", "write_report", "build_case"]
TYPES = ["Claim", "Ledger", "Interval", "Quantity", "Period", "Finding", "Ensemble", "Results"]
HEAVY = [
    *("numpy", "click", "rich", "jinja2", "duckdb", "vl_convert"),
    *("charset_normalizer", "docx", "lxml", "openpyxl", "pypdfium2", "trafilatura", "zstandard"),
]
# In two halves, so that this file may be committed itself.
REGISTRIES = [
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("registry.npmjs", "org"),
    ("registry.yarnpkg", "com"),
    ("deb.debian", "org"),
    ("crates", "io"),
]

Function = ast.FunctionDef | ast.AsyncFunctionDef
Scope = ast.Module | ast.ClassDef | Function
NOT_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


@cache
def syntax_tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def run_python(code: str) -> str:
    """What `code` prints in an interpreter of its own."""
    environment = {**os.environ, "COLUMNS": "200", "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def committed_files() -> list[Path]:
    """The files that git follows, those deleted in the working tree left out."""
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    paths = [ROOT / os.fsdecode(name) for name in listed.stdout.split(b"\0") if name]
    return [path for path in paths if path.is_file()]


# Layers and loops


def test_no_step_imports_its_neighbour_or_a_higher_layer():
    """The contracts stand in pyproject.toml; import-linter holds them, and objects to a file in no layer."""
    run_python("import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))")


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_names(path: Path) -> Iterator[str]:
    """Dotted names that a file imports anywhere, also inside functions and for type checkers only."""
    package = module_name(path) if path.name == "__init__.py" else module_name(path).rpartition(".")[0]
    for node in ast.walk(syntax_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: -node.level + 1 or None] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def imports_within(paths: list[Path]) -> dict[str, set[str]]:
    """For each of our modules, those of ours that it imports."""
    modules = {module_name(path): path for path in paths}
    edges: dict[str, set[str]] = {}
    for module, path in modules.items():
        wanted = (name if name in modules else name.rpartition(".")[0] for name in imported_names(path))
        edges[module] = {name for name in wanted if name in modules and name != module}
    return edges


def find_loop(edges: dict[str, set[str]]) -> list[str]:
    """One loop of imports, as the modules on it in order; empty where there is none."""
    finished: set[str] = set()

    def follow(module: str, trail: list[str]) -> list[str]:
        if module in trail:
            return [*trail[trail.index(module) :], module]
        if module in finished:
            return []
        for target in sorted(edges[module]):
            if loop := follow(target, [*trail, module]):
                return loop
        finished.add(module)
        return []

    return next((loop for module in sorted(edges) if (loop := follow(module, []))), [])


def test_imports_never_run_in_a_circle():
    """Those inside functions and under TYPE_CHECKING count too: they hide a loop, they do not cure it.

    The root package is left out: it re-exports names for others and nothing of ours imports it (next test).
    """
    edges = imports_within(FILES)
    edges.pop("steelyard", None)

    loop = find_loop({module: targets - {"steelyard"} for module, targets in edges.items()})

    assert not loop, " -> ".join(loop)


def test_the_package_does_not_import_its_own_front_door():
    """Names come from the file that defines them, never through the root package."""
    guilty = [module for module, targets in imports_within(FILES).items() if "steelyard" in targets]

    assert not guilty


@pytest.mark.parametrize(
    ("edges", "loop"),
    [
        pytest.param({"a": {"b"}, "b": {"c"}, "c": set()}, [], id="a chain"),
        pytest.param({"a": {"b", "c"}, "b": {"d"}, "c": {"d"}, "d": set()}, [], id="a diamond"),
        pytest.param({"a": {"b"}, "b": {"c"}, "c": {"b"}}, ["b", "c", "b"], id="a loop behind an entrance"),
    ],
)
def test_a_loop_is_told_from_a_diamond(edges, loop):
    assert find_loop(edges) == loop


# Sizes


def code_lines(path: Path) -> set[int]:
    """Numbers of the lines that hold more than a comment, a docstring or nothing."""
    numbers: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
        if token.type not in NOT_CODE:
            numbers.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(syntax_tree(path)):
        if isinstance(node, Scope) and ast.get_docstring(node, clean=False) is not None:
            numbers.difference_update(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    return numbers


def test_no_file_is_longer_than_a_sitting():
    lengths = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}

    assert not {name: length for name, length in lengths.items() if length > LONGEST_FILE}


def test_no_function_is_longer_than_a_screen():
    """Counted in lines of code from `def` on; comments, docstrings and blank lines are free."""
    too_long = {}
    for path in FILES:
        code = code_lines(path)
        for node in ast.walk(syntax_tree(path)):
            if isinstance(node, Function):
                length = len(code.intersection(range(node.lineno, (node.end_lineno or 0) + 1)))
                if length > LONGEST_FUNCTION:
                    too_long[f"{shown(path)}:{node.lineno} {node.name}"] = length

    assert not too_long


# Docstrings and types


def public_scopes(node: Scope, where: str) -> Iterator[tuple[str, Scope]]:
    """The classes, functions and methods below `node` that a user may call, each with its place."""
    for child in node.body:
        if isinstance(child, ast.ClassDef | Function) and not child.name.startswith("_"):
            yield f"{where}:{child.lineno} {child.name}", child
            if isinstance(child, ast.ClassDef):
                yield from public_scopes(child, where)


def test_all_that_is_public_says_what_it_promises():
    scopes = [found for path in FILES for found in public_scopes(syntax_tree(path), shown(path))]
    modules = [(shown(path), syntax_tree(path)) for path in FILES if path.stat().st_size]

    undocumented = [where for where, scope in modules + scopes if not ast.get_docstring(scope)]

    assert not undocumented


def is_typed(function: Function) -> bool:
    every = function.args
    named = [*every.posonlyargs, *every.args, *every.kwonlyargs, every.vararg, every.kwarg]
    bare = [argument.arg for argument in named if argument and not argument.annotation]
    return function.returns is not None and set(bare) <= {"self", "cls"}


def test_all_that_is_public_is_typed():
    untyped = [
        where
        for path in FILES
        for where, scope in public_scopes(syntax_tree(path), shown(path))
        if isinstance(scope, Function) and not is_typed(scope)
    ]

    assert not untyped


# Promises


@pytest.mark.parametrize("name", VERBS + TYPES)
def test_a_promised_name_is_there(name):
    assert callable(getattr(importlib.import_module("steelyard"), name))


def test_importing_steelyard_is_light():
    """Its heavy companions are imported where they are needed, so that a script starts at once."""
    loaded = run_python("import sys, steelyard; print(*sys.modules)").split()

    assert not set(HEAVY).intersection(loaded)


@cache
def offered_commands() -> frozenset[str]:
    """The commands that `steelyard --help` lists."""
    program = "import sys; sys.argv = ['steelyard', '--help']; from steelyard.cli import main; main()"
    text = run_python(program)
    return frozenset(re.findall(r"^  ([a-z]+)(?:  |$)", text.partition("Commands:")[2], flags=re.MULTILINE))


def test_help_lists_the_promised_commands_and_no_other():
    assert offered_commands() == COMMANDS


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_readme_names_each_command(command):
    assert f"steelyard {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


# Documents


def calls_with_code(scope: ast.AST, makers: dict[str, tuple[int, str]]) -> Iterator[ast.expr]:
    """What is given for the code in each call of a maker of problems below `scope`."""
    for node in ast.walk(scope):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers:
            position, keyword = makers[node.func.id]
            yield from node.args[position : position + 1]
            yield from (word.value for word in node.keywords if word.arg == keyword)


def problem_makers(trees: list[ast.Module]) -> dict[str, tuple[int, str]]:
    """`Problem`, and each function that hands on an argument as the code: its position and name."""
    makers = {"Problem": (0, "code")}
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, Function)]
    known = 0
    while known < len(makers):
        known = len(makers)
        for function in functions:
            arguments = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
            for code in calls_with_code(function, makers):
                if isinstance(code, ast.Name) and code.id in arguments:
                    makers.setdefault(function.name, (arguments.index(code.id), code.id))
    return makers


def problem_codes(trees: list[ast.Module]) -> set[str]:
    """The codes written out where problems are made, either side of a condition included."""
    makers = problem_makers(trees)
    given = [code for tree in trees for code in calls_with_code(tree, makers)]
    given += [side for code in given if isinstance(code, ast.IfExp) for side in (code.body, code.orelse)]
    return {str(code.value) for code in given if isinstance(code, ast.Constant)}


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        pytest.param("Problem('a', message)", {"a"}, id="in place"),
        pytest.param("Problem('a' if x else 'b', message)", {"a", "b"}, id="either of two"),
        pytest.param("def fault(at, code): Problem(code, at)\nfault(0, 'a')", {"a"}, id="through a function"),
        pytest.param("def fault(at, code): Problem(code, at)\nfault(0, code='a')", {"a"}, id="named"),
    ],
)
def test_codes_are_found_wherever_they_are_written(source, codes):
    assert problem_codes([ast.parse(source)]) == codes


def test_each_problem_code_has_its_section():
    """A section of docs/problems.md is headed by the code alone, so that a message can point to it."""
    codes = problem_codes([syntax_tree(path) for path in FILES])
    page = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    headings = {line.lstrip("#").strip().strip("`") for line in page.splitlines() if line.startswith("#")}

    assert codes
    assert sorted(codes - headings) == []


def test_no_committed_file_names_a_package_registry():
    """Where packages come from is the machine's affair: locks hold hashes, not addresses."""
    hosts = [".".join(halves).encode() for halves in REGISTRIES]

    guilty = [shown(path) for path in committed_files() if any(host in path.read_bytes() for host in hosts)]

    assert not guilty


# What is never run

# Calls that would run, or open to others, what comes from outside; and where one is allowed, with the reason.
NEVER = {
    *("eval", "exec", "compile", "__import__", "input", "breakpoint"),
    *("pickle.load", "pickle.loads", "pickle.Unpickler", "marshal.load", "marshal.loads", "shelve.open"),
    *("yaml.load", "yaml.unsafe_load", "yaml.full_load", "dill.loads", "cloudpickle.loads", "joblib.load"),
    *("os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput", "tempfile.mktemp"),
    *("xml.etree.ElementTree.parse", "xml.dom.minidom.parse", "xml.sax.parse"),
}
ALLOWED = {
    (
        "src/steelyard/engine/pool.py",
        "pickle.loads",
    ): "functions for the program's own workers, which it starts",
    (
        "src/steelyard/engine/cluster.py",
        "pickle.loads",
    ): "what it and the workers that the user names exchange",
    (
        "src/steelyard/corpus/reading.py",
        "pickle.loads",
    ): "the vocabulary, as the program handed it to a worker",
}


def names_of_imports(tree: ast.Module) -> dict[str, str]:
    """What each name stands for that a module imports, as a dotted name."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update({alias.asname or alias.name: alias.name for alias in node.names})
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.update({a.asname or a.name: f"{node.module}.{a.name}" for a in node.names})
    return names


def dangerous(tree: ast.Module) -> Iterator[str]:
    """The calls of a module that may run what comes from outside; a shell is one, whatever is called."""
    names = names_of_imports(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        first, _, rest = ast.unparse(node.func).partition(".")
        called = ".".join(filter(None, (names.get(first, first), rest)))
        if called.removeprefix("builtins.") in NEVER:
            yield called
        for word in node.keywords:
            is_off = isinstance(word.value, ast.Constant) and word.value.value is False
            if word.arg in ("shell", "allow_pickle") and not is_off:
                yield f"{called}({word.arg}=...)"


@pytest.mark.parametrize(
    ("source", "calls"),
    [
        pytest.param("eval(x)", ["eval"], id="eval"),
        pytest.param("import pickle as p\np.loads(x)", ["pickle.loads"], id="by another name"),
        pytest.param("from pickle import loads as l\nl(x)", ["pickle.loads"], id="taken out"),
        pytest.param("import builtins\nbuiltins.exec(x)", ["builtins.exec"], id="of the builtins"),
        pytest.param(
            "import subprocess\nsubprocess.run(x, shell=True)", ["subprocess.run(shell=...)"], id="a shell"
        ),
        pytest.param("import re\nre.compile(x)\nsubprocess.run(x, shell=False)", [], id="nothing of it"),
    ],
)
def test_what_may_run_something_is_found_under_any_name(source, calls):
    assert list(dangerous(ast.parse(source))) == calls


def test_nothing_that_comes_from_outside_is_run():
    found = {(shown(path), call) for path in FILES for call in dangerous(syntax_tree(path))}

    assert found == set(ALLOWED)
