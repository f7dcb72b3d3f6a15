"""The parts that steelyard is delivered with, as CycloneDX: versions, hashes, licences (`make parts`).

What is installed with steelyard is what `requirements.txt` locks. Licences are those that each part says of
itself; where it says so in words of its own, the table below gives the identifier, looked up in its files.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, cast

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

if TYPE_CHECKING:
    from email.message import Message

ROOT = Path(__file__).resolve().parent.parent
_LOCKED = re.compile(
    r"^(?P<name>[A-Za-z0-9_.-]+)==(?P<version>[^ ;\\]+)(?P<rest>(?:.*\\\n)*.*)$", re.MULTILINE
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# What a part writes of its licence where it gives no SPDX expression.
_SAID: Mapping[str, str] = {
    "MIT": "MIT",
    "MIT License": "MIT",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "BSD-3-Clause": "BSD-3-Clause",
    "The BSD 2-Clause License": "BSD-2-Clause",
    "MPL-2.0": "MPL-2.0",
    "Apache-2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}
# What may be delivered with a program under Apache-2.0; the MPL asks for changes of its own files alone, and
# we make none. Of a choice of licences one is enough.
FITTING = frozenset(
    (
        *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC"),
        *("LLVM-exception", "MIT", "MPL-1.1", "MPL-2.0", "PSF-2.0", "Unlicense", "Zlib", "ZPL-2.1"),
    )
)


@dataclass(frozen=True, slots=True)
class Part:
    """A package as it is locked: the SHA-256 of each of its files, and its licence as an SPDX expression."""

    name: str
    version: str
    hashes: tuple[str, ...]
    licence: str

    @property
    def fits(self) -> bool:
        """Whether its licence lets it be delivered with ours."""
        return any(
            all(word in FITTING for word in re.findall(r"[\w.+-]+", choice) if word not in ("AND", "WITH"))
            for choice in self.licence.split(" OR ")
        )


def parts(lock: Path = ROOT / "requirements.txt") -> list[Part]:
    """The parts of a lock file that are installed here, by name; what is locked twice comes once."""
    found: dict[str, Part] = {}
    for match in _LOCKED.finditer(lock.read_text(encoding="utf-8")):
        name = match["name"]
        try:
            here = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # for another system
        if here == match["version"]:
            found[name] = Part(name, here, tuple(_HASH.findall(match["rest"])), licence_of(name))
    return [found[name] for name in sorted(found)]


def licence_of(name: str) -> str:
    """What an installed package says of its licence, as an SPDX expression; its own words for none."""
    said = cast("Message", metadata.metadata(name))
    if expression := said.get("License-Expression"):
        return expression
    told = (said.get("License") or "").strip()
    classes = [
        one.rpartition("::")[2].strip()
        for one in said.get_all("Classifier") or []
        if one.startswith("License")
    ]
    return next((_SAID[one] for one in (told, *classes) if one in _SAID), told or "unknown")


def bill(found: list[Part]) -> str:
    """The parts as a CycloneDX bill of materials."""
    from steelyard.state import version

    bom = Bom()
    own = [LicenseExpression("Apache-2.0")]
    kind = ComponentType.APPLICATION
    whole = Component(name="steelyard", version=version(), type=kind, bom_ref="steelyard", licenses=own)
    bom.metadata.component = whole
    components = [_component(part) for part in found]
    bom.components.update(components)
    bom.register_dependency(whole, components)
    return make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1)


def _component(part: Part) -> Component:
    address = PackageURL("pypi", name=part.name, version=part.version)
    hashes = [HashType(alg=HashAlgorithm.SHA_256, content=one) for one in part.hashes]
    return Component(name=part.name, version=part.version, purl=address, bom_ref=address.to_string(),
                     hashes=hashes, licenses=[LicenseExpression(part.licence)])  # fmt: skip


def main() -> int:
    """Write the bill to `dist/steelyard.cdx.json`; 1 where a licence does not fit."""
    found = parts()
    path = ROOT / "dist" / "steelyard.cdx.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(bill(found), encoding="utf-8")
    print(path.relative_to(ROOT))
    for part in found:
        print(f"{part.name} {part.version}: {part.licence}{'' if part.fits else ' (does not fit)'}")
    return 0 if all(part.fits for part in found) else 1


if __name__ == "__main__":
    sys.exit(main())
