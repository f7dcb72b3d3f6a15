"""What a build was made from and what it wrote, so that the next one does only what has changed.

Nothing heavy is imported here: whether anything has changed at all must be known in a fraction of a second.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from steelyard.core.data_file import read_data_file

STATE_FILE = "state.json"
_PACKAGE = Path(__file__).resolve().parent
# What a build reads of a case folder: these, and the folders and files of the vocabulary (any TOML in them).
_FOLDERS = ("sources", "series")


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was carried out: the hash of all that went in, and its files by name with their hashes."""

    key: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class State:
    """The last build: its steps by name, what it said at its end, and the count of contradictions."""

    steps: Mapping[str, Step] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    page: str = ""
    contradictions: int = 0


def load_state(out: Path) -> State:
    """The state that the last build left in `out`; an empty one where there is none that can be read."""
    try:
        data = json.loads((out / STATE_FILE).read_text(encoding="utf-8"))
        steps = {name: Step(**step) for name, step in data.pop("steps").items()}
        problems, summary = tuple(data.pop("problems")), tuple(data.pop("summary"))
        return State(steps=steps, problems=problems, summary=summary, **data)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return State()


def state_text(state: State) -> str:
    """The state as it stands in its file."""
    return json.dumps(asdict(state), ensure_ascii=False, indent=1) + "\n"


def file_hash(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def bytes_hash(data: bytes) -> str:
    """The SHA-256 of what will stand in a file."""
    return hashlib.sha256(data).hexdigest()


def text_hash(*parts: object) -> str:
    """A hash of some plain values in order."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def is_intact(step: Step | None, key: str, out: Path) -> bool:
    """Whether a step was made from the same inputs and its files lie in `out` as it left them."""
    if step is None or step.key != key:
        return False
    paths = {out / name: digest for name, digest in step.files.items()}
    return all(path.is_file() and file_hash(path) == digest for path, digest in paths.items())


def version() -> str:
    """The version of the package as installed, "unknown" for one that runs without having been installed."""
    from importlib import metadata

    try:
        return metadata.version("steelyard")
    except metadata.PackageNotFoundError:
        return "unknown"


def package_hash() -> str:
    """A fingerprint of the package's own code and data, and of the Python that runs it."""
    digest = hashlib.sha256(repr(sys.version_info[:3]).encode())
    for path in sorted(path for path in _PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        digest.update(f"\n{path.relative_to(_PACKAGE).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def input_hashes(folder: Path) -> dict[str, str]:
    """The hash of each file of a case that a build reads, by its path inside the case, in order."""
    paths = [*folder.glob("*.toml"), *folder.glob("*/*.toml"), *folder.glob("reviews.jsonl")]
    for name in (*_FOLDERS, *_panel_folder(folder)):
        paths += (folder / name).rglob("*")
    inside = {path.relative_to(folder).as_posix(): path for path in paths if path.is_file()}
    return {name: _hash_of(path) for name, path in sorted(inside.items()) if not _is_aside(name)}


def claim_reviews_hash(folder: Path) -> str:
    """A hash of those lines of a case's reviews that are of claims, which change what is read of it."""
    try:
        data = read_data_file(folder / "reviews.jsonl")
        lines = data.decode("utf-8-sig", errors="replace").split("\n")
    except OSError:
        lines = []
    return text_hash([line for line in lines if _is_of_claim(line)])


def _is_of_claim(line: str) -> bool:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and "claim" in data


def _panel_folder(folder: Path) -> list[str]:
    """The folder with files of publishers that case.toml names, if it names one that can be read."""
    import tomllib

    try:
        panel = tomllib.loads(read_data_file(folder / "case.toml").decode()).get("panel")
        name = panel.get("data") if isinstance(panel, dict) else None
        inside = name.strip("/") if isinstance(name, str) else ""
        if not inside or ".." in Path(inside).parts or Path(inside).is_absolute():
            return []
        return [inside] if (folder / inside).is_dir() else []
    except (OSError, ValueError, RecursionError):  # loading the case tells what is wrong with it
        return []


def _hash_of(path: Path) -> str:
    """The hash of a file, or a word for one that cannot be read, which whoever reads it then tells."""
    try:
        return file_hash(path)
    except OSError:
        return "unreadable"


def chosen(hashes: Mapping[str, str], *, without: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The files and hashes that do not belong to any of the given folders or files of that stem."""
    dropped = set(without)
    return [(name, digest) for name, digest in hashes.items() if _kind(name) not in dropped]


def _kind(name: str) -> str:
    """The folder of a file of a case, or its stem where it lies at the top."""
    folder, _, rest = name.partition("/")
    return folder if rest else folder.removesuffix(".toml").removesuffix(".jsonl")


def _is_aside(name: str) -> bool:
    """Whether a build leaves the file alone: what it wrote itself, gold files, hidden ones."""
    return name.startswith(("out/", "expected/")) or any(part.startswith(".") for part in name.split("/"))
