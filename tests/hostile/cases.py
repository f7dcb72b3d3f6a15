"""Cases with one bad data file each: what it holds by its name, and the code of the problem that it gives."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tests.hostile.corpus import SENTENCE

HEAD = 'title = "x"\n[[sources]]\nfile = "a.txt"\ntitle = "a"\npublisher = "b"\ndate = 2026-01-24\n'  # sound
# Python reads it, and does not write it in figures.
_HEX = f"0x{'f' * 20_000}"
_IDENTITY = (
    '[odd]\nlabel = "x"\nequation = "{}"\nmeaning = "x"\napplies = "x"\nexact = true\nexamples = []\n'
    'reference = {{ title = "x", publisher = "y", date = 2026-01-01 }}\n'
)
_SUM = "growth(gdp) + share(gdp) + growth(defence_spending) + share(defence_spending) + growth(troops) + 1"
_ROW = "actor,measure,period,value,unit,edition,source\nKOR,gdp,{},{},KRW,a,b\n"
_ADDED = '[[add]]\nkind = "figure"\ndocument = "sources/a.txt"\nquote = "$46.1 billion"\nreason = "x"\n'
_PANEL = f'{HEAD}[panel]\nalliance = "NATO"\nyears = 2024\n'
CASE, IDENTITIES, REVIEWS, SERIES = "case.toml", "identities.toml", "reviews.jsonl", "series/a.csv"


class BadCase(NamedTuple):
    """A file of a case, what is wrong with it, and the code by which that is told."""

    file: str
    content: str | bytes
    code: str

    def write(self, folder: Path) -> None:
        """Write a sound case, then the bad file into it."""
        (folder / "sources").mkdir(parents=True)
        (folder / "sources" / "a.txt").write_text(SENTENCE, encoding="utf-8")
        (folder / CASE).write_text(HEAD, encoding="utf-8")
        path = folder / self.file
        path.parent.mkdir(exist_ok=True)
        content = self.content if isinstance(self.content, bytes) else self.content.encode()
        path.write_bytes(content)


def identity(equation: str, code: str) -> BadCase:
    return BadCase(IDENTITIES, _IDENTITY.format(equation), code)


BAD_CASES = {
    "zeros": BadCase(CASE, bytes(100), "broken-toml"),
    "wide-signs": BadCase(CASE, HEAD.encode("utf-16"), "not-text"),
    "deep-lists": BadCase(CASE, f"{HEAD}x = {'[' * 100_000}", "broken-toml"),
    "deep-tables": BadCase("measures.toml", f"a = {'{a=' * 3000}1{'}' * 3000}", "broken-toml"),
    "deep-keys": BadCase("measures.toml", f"[a{'.a' * 20_000}]\nb = 1\n", "broken-toml"),
    "key-twice": BadCase(CASE, f'{HEAD}title = "y"\n', "broken-toml"),
    "many-digits": BadCase(CASE, HEAD.replace('"x"', "9" * 10_000, 1), "broken-toml"),
    "hexadecimal": BadCase(CASE, HEAD.replace('"x"', _HEX, 1), "broken-toml"),
    "measure-of-numbers": BadCase("measures.toml", f"[m]\nlabel = 1\ndimension = {_HEX}\n", "broken-toml"),
    "types": BadCase("actors/KOR.toml", "label = 1\nnames = 5\ncurrency = []\n", "wrong-type"),
    "letters": BadCase("languages/en.toml", 'script = "]|(a+)+["\n', "wrong-type"),
    "letters-turned": BadCase("languages/en.toml", 'script = "z-a"\n', "wrong-type"),
    "source-outside": BadCase(CASE, HEAD.replace("a.txt", "../../../etc/passwd"), "source-outside"),
    "source-at-root": BadCase(CASE, HEAD.replace("a.txt", "/etc/passwd"), "source-outside"),
    "source-zero": BadCase(CASE, HEAD.replace("a.txt", "a\\u0000.txt"), "missing-source"),
    "source-long": BadCase(CASE, HEAD.replace("a.txt", "a" * 300), "missing-source"),
    "panel-at-root": BadCase(CASE, f'{_PANEL}data = "/proc/self"\n', "panel-data"),
    "panel-zero": BadCase(CASE, f'{_PANEL}data = "a\\u0000b"\n', "panel-data"),
    "panel-long": BadCase(CASE, f'{_PANEL}data = "{"a" * 300}"\n', "panel-data"),
    "brackets": identity(f"gdp = {'(' * 190}gdp{')' * 190}", "broken-equation"),
    "minus": identity(f"gdp = {'-' * 390}gdp", "broken-equation"),
    "terms": identity(f"gdp = {'+'.join(['gdp'] * 10**6)}", "equation-too-long"),
    "power": identity("gdp = gdp ^ 999999999999999999999", "broken-equation"),
    "powers": identity("growth(gdp) = (((growth(gdp) ^ 30) ^ 30) ^ 30) ^ 30", "equation-too-large"),
    "powers-of-number": identity("gdp = gdp * (((9 ^ 30) ^ 30) ^ 30) ^ 30", "equation-too-large"),
    "powers-of-sum": identity(f"growth(gdp) = ({_SUM}) ^ 30", "equation-too-large"),
    "sum-of-parts": identity("growth(x) = sum(share(parts(x))) ^ 2", "equation-too-large"),
    "nothing": identity("gdp * (gdp - gdp) = 0 * gdp * gdp", "empty-equation"),
    "reviews": BadCase(REVIEWS, f'{"[" * 100_000}\n{{"hash": ["x"]}}\n\0\n{"9" * 5000}\n', "broken-review"),
    "corrected": BadCase("corrections.toml", f'{_ADDED}value = 1\nhigh = "1e999999999999"\n', "wrong-value"),
    "correction": BadCase("corrections.toml", f"{_ADDED}value = [1]\nactor = {{ a = 1 }}\n", "wrong-value"),
    "series": BadCase(SERIES, _ROW.format(2026, "1e400"), "not-a-number"),
    "series-digits": BadCase(SERIES, _ROW.format(2026, "9" * 9000), "not-a-number"),
    "series-power": BadCase(SERIES, _ROW.format(2026, "1e9999999999999999999"), "not-a-number"),
    "series-year": BadCase(SERIES, _ROW.format("9" * 20, "1"), "not-a-year"),
    "series-cell": BadCase(SERIES, _ROW.format(2026, f'"{"x" * 300_000}'), "broken-row"),
}
