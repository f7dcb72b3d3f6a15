"""The documentation site: made from code and data, links lead somewhere, nothing comes from elsewhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from steelyard.core.vocabulary import load_vocabulary
from tools.equations import equation_html
from tools.reference import reference_pages
from tools.site import ROOT, stage

LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s#]*)(#[^)\s]*)?\)")


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    folder = tmp_path_factory.mktemp("repository") / "build" / "docs"
    stage(folder)
    return folder


def test_a_link_of_a_page_leads_to_a_page_or_to_a_file_of_the_repository(staged):
    dead = []
    for page in staged.rglob("*.md"):
        for target, _ in LINK.findall(re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)):
            if not target:
                continue
            there = (page.parent / target).resolve()
            # Files of the repository lie two folders above the site: the stage stands where the site will.
            beside = ROOT / Path(*[part for part in Path(target).parts if part != ".."])
            if not there.exists() and not beside.exists():
                dead.append(f"{page.name}: {target}")
    assert dead == []


def test_the_reference_names_every_identity_measure_and_indicator_of_the_data():
    pages, (vocabulary, _) = reference_pages(), load_vocabulary()
    for kind in ("identities", "measures", "indicators"):
        for name in vocabulary.entries(kind):
            assert f"`{name}`" in pages[f"{kind}.md"], name


def test_the_reference_gives_the_help_of_each_option():
    page = reference_pages()["commands.md"]
    assert "`steelyard check`" in page
    assert "--against" in page


@pytest.mark.parametrize(
    ("equation", "shown"),
    [
        ("b0 (b*/b0)", "<i>b</i><sub>0</sub> (<i>b</i>*/<i>b</i><sub>0</sub>)"),
        ("Y[t-1]", "<i>Y</i><sub>t\N{MINUS SIGN}1</sub>"),
        ("x^2", "<i>x</i><sup>2</sup>"),
        ("(1 + r)^(t - t0)", "(1 + <i>r</i>)<sup>(<i>t</i> \N{MINUS SIGN} <i>t</i><sub>0</sub>)</sup>"),
        ("a < b", "<i>a</i> &lt; <i>b</i>"),
    ],
)
def test_an_equation_is_set_with_indices_and_powers(equation, shown):
    assert equation_html(equation) == shown


def test_the_site_is_built_and_loads_nothing_from_elsewhere():
    done = subprocess.run(
        [sys.executable, "-m", "tools.site"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    pages = list((ROOT / "site").rglob("*.html"))
    assert {"index.html", "problems.html"} <= {page.name for page in pages}
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"<(script|img|iframe)[^>]*\ssrc=[\"']?https?:", text), page.name
        assert not re.search(r"<link[^>]*rel=[\"']?stylesheet[^>]*https?:", text), page.name
