"""The documentation site: `make docs` puts it into `site/`, to be read from disk.

The pages of `docs/`, the README and the changelog, and a reference made from code and data, are laid out in
one folder, which Zensical turns into the site. Links that lead out of the documentation into the repository
become links to its files, so that none is dead.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools.reference import reference_pages

ROOT = Path(__file__).resolve().parent.parent
STAGE, SITE = ROOT / "build" / "docs", ROOT / "site"
_LINK = re.compile(r"(?<=\]\()(?!https?:|mailto:|#)([^)\s#]+)(#[^)\s]*)?(?=\))")
_FOREIGN = re.compile(r"<script[^>]*\ssrc=[\"']?https?:[^>]*></script>")
# Where the pages of the repository stand in the documentation.
_PLACES = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security-policy.md",
}


def stage(folder: Path) -> None:
    """Lay all pages out below a folder, which is made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "docs", folder)
    for page in folder.rglob("*.md"):
        source = ROOT / "docs" / page.relative_to(folder)
        page.write_text(_relinked(source, page.relative_to(folder)), encoding="utf-8")
    for name, place in _PLACES.items():
        if (ROOT / name).is_file():
            (folder / place).write_text(_relinked(ROOT / name, Path(place)), encoding="utf-8")
    for name, text in reference_pages().items():
        path = folder / "reference" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _relinked(source: Path, place: Path) -> str:
    """The text of a page with links that hold where it now stands."""

    def relinked(found: re.Match[str]) -> str:
        target = (source.parent / found[1]).resolve()
        return f"{_way(target, place, found[1])}{found[2] or ''}"

    return _LINK.sub(relinked, source.read_text(encoding="utf-8"))


def _way(target: Path, place: Path, written: str) -> str:
    """The way from a page to what it links to: another page, or a file of the repository as text."""
    if not target.is_relative_to(ROOT):
        return written
    inside = target.relative_to(ROOT)
    up = "../" * len(place.parent.parts)
    if inside.as_posix() in _PLACES:
        return f"{up}{_PLACES[inside.as_posix()]}"
    if inside.parts[0] == "docs":
        return f"{up}{Path(*inside.parts[1:]).as_posix()}"
    return f"{'../' * (len(place.parent.parts) + 1)}../{inside.as_posix()}"


def build() -> int:
    """Make the site, and give Zensical's exit code."""
    stage(STAGE)
    program = Path(sys.executable).with_name("zensical")
    done = subprocess.run([program, "build", "--clean", "--strict"], cwd=ROOT, check=False)
    if done.returncode == 0:
        _keep_at_home(SITE)
        print(SITE / "index.html")
        print("Its search takes a server, such as: python3 -m http.server --directory site")
    return done.returncode


def _keep_at_home(site: Path) -> None:
    """Take out of every page what would load a script from elsewhere, for its search from disk."""
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(_FOREIGN.sub("", text), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(build())
