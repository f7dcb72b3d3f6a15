"""Files written whole or not at all, so that an earlier report stays as it was when something fails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from steelyard.core.whole_file import naming, temporary_name, to_disk


def replace_files(folder: Path, contents: Mapping[str, bytes], *, sweep: Iterable[str] = ()) -> None:
    """Write every content under its relative name in `folder`, all of them or none.

    Each goes to a temporary name beside its place first; only when all lie there do they take their places.
    `sweep` names subfolders that belong to the report alone: what an earlier run left there and this one did
    not write is removed at the end.

    Raises:
        OSError: the folder cannot be written; what stood there before is untouched.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for name, content in contents.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = temporary_name(target)
            waiting.append((temporary, target))
            with naming(target):
                temporary.write_bytes(content)
        for temporary, target in waiting:
            with naming(target):
                to_disk(temporary)
        for temporary, target in waiting:
            temporary.replace(target)
        for parent in dict.fromkeys(target.parent for _, target in waiting):
            to_disk(parent)
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
    written = {target for _, target in waiting}
    for subfolder in sweep:
        for path in sorted((folder / subfolder).glob("*")):
            if path.is_file() and path not in written:
                path.unlink()
