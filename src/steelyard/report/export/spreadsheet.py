"""Workbooks as Office Open XML (ECMA-376): sheets of text, numbers and formulas, the same bytes each time.

Written here and not by a library, so that each formula has with it what it comes to: programs that only show
a workbook do not work formulas out. Text is always text, whatever sign it begins with; numbers are numbers.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from math import isfinite

from steelyard.core.problems import visible
from steelyard.report.export.sheet_layout import LINE_HEIGHT, pages_wide, row_height

Plain = str | int | float | None
# What Excel takes: characters in a cell, and in the name of a sheet.
LONGEST_TEXT = 32_767
LONGEST_NAME = 31
_FORMULA_SIGNS = ("=", "+", "-", "@")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
# In these files "_x0041_" is read as "A"; what stands so in a text must not be.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# The day from which zip files count, so that no clock gets into the file.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# The number formats by name, in the order of the cell styles behind the first four.
FORMATS = {"whole": "0", "amount": "#,##0", "decimal": "#,##0.00####", "tiny": "0.0##E+00"}
_DEFAULT, _TEXT, _QUOTED, _HEADING = range(4)
_STYLES = {name: number for number, name in enumerate(FORMATS, _HEADING + 1)}


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its equals sign, and what it comes to."""

    text: str
    value: Plain


Content = Plain | Formula


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its heading, its width in characters, and whether its numbers are years or counts.

    Where `is_check` is set, "no" in it is marked red; where `is_list`, what is in it stays on one line.
    """

    heading: str
    width: int = 14
    is_whole: bool = False
    is_check: bool = False
    is_list: bool = False


@dataclass(slots=True)
class Sheet:
    """Rows under a heading that stays in sight, as its first `kept` columns do.

    `name` has been made by `sheet_name`.
    """

    name: str
    columns: tuple[Column, ...]
    rows: list[tuple[Content, ...]] = field(default_factory=list)
    about: str = ""
    kept: int = 0

    @property
    def table(self) -> str:
        """The addresses of all cells, the heading among them."""
        return f"$A$1:{self.cell(len(self.rows) - 1, len(self.columns) - 1)}"

    @property
    def printed(self) -> tuple[Column, ...]:
        """The columns that go on paper: all but lists at the end, which would run over the pages."""
        last = max(number for number, column in enumerate(self.columns, 1) if not column.is_list)
        return self.columns[:last]

    def cell(self, row: int, column: int) -> str:
        """The address of a cell of this sheet; both count from 0, below the heading."""
        return f"${column_letters(column)}${row + 2}"

    def cell_from_outside(self, row: int, column: int) -> str:
        """The same, as formulas of other sheets name it."""
        return f"'{self.name}'!{self.cell(row, column)}"

    def column_from_outside(self, column: int) -> str:
        """All cells of a column below the heading, as formulas of other sheets name them."""
        last = self.cell(max(len(self.rows), 1) - 1, column)
        return f"'{self.name}'!{self.cell(0, column)}:{last}"


def column_letters(column: int) -> str:
    """The letters of a column that counts from 0.

    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """A name that no sheet has yet, without the signs that names may not have.

    >>> sheet_name("Rise: 3.5 %/GDP?", ["Claims"]), sheet_name("claims", ["Claims"])
    ('Rise- 3.5 %-GDP-', 'claims (2)')
    """
    plain = visible(_NOT_IN_NAMES.sub("-", wanted)).strip() or "Sheet"
    used = {name.casefold() for name in (*taken, "history")}
    number, name = 1, plain[:LONGEST_NAME]
    while name.casefold() in used:
        number += 1
        ending = f" ({number})"
        name = plain[: LONGEST_NAME - len(ending)] + ending
    return name


def number_in_cell(value: Decimal | float) -> int | float:
    """A number as a cell has it: a whole one without a point, as long as spreadsheets keep all its digits.

    >>> number_in_cell(Decimal("46.1e9")), number_in_cell(Decimal("2.42")), number_in_cell(Decimal("1e300"))
    (46100000000, 2.42, 1e+300)
    """
    number = float(value)
    return int(number) if abs(number) < 1e15 and number == int(number) else number


def plain_text(text: str) -> str:
    """A text as a cell holds it: its lines, a visible sign for what would be none, cut where too long."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    whole = "\n".join(map(visible, lines))
    return whole if len(whole) <= LONGEST_TEXT else f"{whole[: LONGEST_TEXT - 1]}…"


def to_workbook(sheets: Sequence[Sheet], *, title: str, creator: str) -> bytes:
    """The file with these sheets in their order; the same sheets give the same bytes."""
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations(
            ("officeDocument", "xl/workbook.xml", _RELATED),
            ("metadata/core-properties", "docProps/core.xml", f"{_PACKAGE}/relationships"),
        ),
        "docProps/core.xml": _properties(title, creator),
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            *(("worksheet", f"worksheets/sheet{n}.xml", _RELATED) for n in range(1, len(sheets) + 1)),
            ("styles", "styles.xml", _RELATED),
        ),
        "xl/styles.xml": _styles(),
        **{
            f"xl/worksheets/sheet{n}.xml": "".join(_sheet(sheet, is_first=n == 1))
            for n, sheet in enumerate(sheets, 1)
        },
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # else that of the machine
            archive.writestr(info, _HEAD + content)
    return buffer.getvalue()


def _content_types(sheets: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [("/xl/workbook.xml", f"{kind}.sheet.main+xml"), ("/xl/styles.xml", f"{kind}.styles+xml")]
    parts += [(f"/xl/worksheets/sheet{n}.xml", f"{kind}.worksheet+xml") for n in range(1, sheets + 1)]
    parts += [("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")]
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="{part}" ContentType="{what}"/>' for part, what in parts)
        + "</Types>"
    )


def _relations(*targets: tuple[str, str, str]) -> str:
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{base}/{kind}" Target="{target}"/>'
        for number, (kind, target, base) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _properties(title: str, creator: str) -> str:
    """Title and program; no day, so that the file depends on nothing but what is in it."""
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{_xml(title)}</dc:title><dc:creator>{_xml(creator)}</dc:creator></cp:coreProperties>"
    )


def _workbook(sheets: Sequence[Sheet]) -> str:
    named = "".join(
        f'<sheet name="{_xml(sheet.name)}" sheetId="{n}" r:id="rId{n}"/>' for n, sheet in enumerate(sheets, 1)
    )
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{named}</sheets><definedNames>{''.join(_defined_names(sheets))}</definedNames>"
        # Programs that reckon do so when they open it.
        '<calcPr calcId="0" fullCalcOnLoad="1"/></workbook>'
    )


def _defined_names(sheets: Sequence[Sheet]) -> Iterator[str]:
    """What each sheet filters and prints, and what of it stands on each of its pages."""
    for number, sheet in enumerate(sheets):
        here = f"'{sheet.name}'!"
        printed = f"$A$1:{sheet.cell(len(sheet.rows) - 1, len(sheet.printed) - 1)}"
        told = {
            "_FilterDatabase": f"{here}{sheet.table}",
            "Print_Area": f"{here}{printed}",
            "Print_Titles": f"{here}$1:$1",
        }
        for name, place in told.items():
            hidden = ' hidden="1"' if name == "_FilterDatabase" else ""
            scope = f'localSheetId="{number}"{hidden}'
            yield f'<definedName name="_xlnm.{name}" {scope}>{_xml(place)}</definedName>'


def _styles() -> str:
    first = 164  # below, the numbers of formats are taken
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{_xml(code)}"/>'
        for number, code in enumerate(FORMATS.values(), first)
    )
    wrapped = 'applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    # Away from the text that may begin right behind it.
    top = 'applyAlignment="1"><alignment horizontal="right" vertical="top" indent="1"/></xf>'
    plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
    cells = [
        f'{plain} xfId="0"/>',
        f'{plain} xfId="0" {wrapped}',
        f'{plain} xfId="0" quotePrefix="1" {wrapped}',
        f'<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" {wrapped}',
        *(
            f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" {top}'
            for number in range(first, first + len(FORMATS))
        ),
    ]
    font = '<sz val="10"/><name val="Calibri"/><family val="2"/>'
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(FORMATS)}">{formats}</numFmts>'
        f'<fonts count="2"><font>{font}</font><font><b/>{font}</font></fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">'
        '<fgColor rgb="FFE8EDF2"/><bgColor indexed="64"/></patternFill></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        f'<cellStyleXfs count="1">{plain}/></cellStyleXfs>'
        f'<cellXfs count="{len(cells)}">{"".join(cells)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        '<dxfs count="1"><dxf><font><b/><color rgb="FF9C0006"/></font></dxf></dxfs></styleSheet>'
    )


def _sheet(sheet: Sheet, *, is_first: bool) -> Iterator[str]:
    yield f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    yield _view(sheet, is_first=is_first)
    yield f'<sheetFormatPr defaultRowHeight="{LINE_HEIGHT}"/><cols>'
    for number, column in enumerate(sheet.columns, 1):
        yield f'<col min="{number}" max="{number}" width="{column.width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    letters = [column_letters(number) for number in range(len(sheet.columns))]
    headings = [(column.heading, column.width) for column in sheet.columns]
    height = row_height(headings, bold=True)
    yield _row(1, letters, [_text(heading, _HEADING) for heading, _ in headings], height)
    for number, row in enumerate(sheet.rows, 2):
        filled = [*zip(row, sheet.columns, strict=True)]
        texts = [
            (content, column.width)
            for content, column in filled
            if isinstance(content, str) and not column.is_list
        ]
        yield _row(number, letters, [_cell(content, column) for content, column in filled], row_height(texts))
    yield f'</sheetData><autoFilter ref="{sheet.table.replace("$", "")}"/>'
    last = len(sheet.rows) + 1
    for letter, column in zip(letters, sheet.columns, strict=True):
        if column.is_check and sheet.rows:
            yield f'<conditionalFormatting sqref="{letter}2:{letter}{last}"><cfRule type="cellIs" dxfId="0" '
            yield 'priority="1" operator="equal"><formula>"no"</formula></cfRule></conditionalFormatting>'
    yield _page(sheet)
    yield "</worksheet>"


def _view(sheet: Sheet, *, is_first: bool) -> str:
    """What stays in sight: the heading, and the first columns where they are kept."""
    selected = ' tabSelected="1"' if is_first else ""
    across = f'xSplit="{sheet.kept}" ' if sheet.kept else ""
    corner, pane = f"{column_letters(sheet.kept)}2", "bottomRight" if sheet.kept else "bottomLeft"
    return (
        f'<sheetViews><sheetView{selected} workbookViewId="0"><pane {across}ySplit="1" '
        f'topLeftCell="{corner}" activePane="{pane}" state="frozen"/></sheetView></sheetViews>'
    )


def _page(sheet: Sheet) -> str:
    """A landscape page of A4, as wide as can be read, with the sheet's name and the number of the page."""
    wide = pages_wide([column.width for column in sheet.printed])
    return (
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" pageOrder="overThenDown" '
        f'fitToWidth="{wide}" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter>"
    )


def _row(number: int, letters: Sequence[str], cells: Sequence[str], height: float) -> str:
    """A row of cells; a height of 0 is that of a line."""
    told = "".join(
        f'<c r="{letter}{number}"{cell}</c>' for letter, cell in zip(letters, cells, strict=True) if cell
    )
    high = f' ht="{height}"' if height else ""
    return f'<row r="{number}"{high}>{told}</row>'


def _cell(content: Content, column: Column) -> str:
    """A cell behind its address; "" for an empty one."""
    if isinstance(content, Formula):
        formula = f"<f>{_xml(content.text)}</f>"
        if isinstance(content.value, str) or content.value is None:
            return f' s="{_TEXT}" t="str">{formula}<v>{_xml(content.value or "")}</v>'
        return f' s="{_style(content.value, column)}">{formula}<v>{_number(content.value)}</v>'
    if content is None or content == "":
        return ""
    if isinstance(content, str):
        text = plain_text(content)
        style = _DEFAULT if column.is_list else _TEXT
        return _text(text, _QUOTED if text.startswith(_FORMULA_SIGNS) else style)
    if not isfinite(content):
        return _text("unbounded", _TEXT)
    return f' s="{_style(content, column)}"><v>{_number(content)}</v>'


def _number(value: float) -> str:
    """All digits of a number; numbers of other libraries, which print otherwise, are floats too."""
    return float.__repr__(value) if isinstance(value, float) else str(value)


def _style(value: float, column: Column) -> int:
    """The cell style by which a number is shown with the digits that it has."""
    if column.is_whole:
        return _STYLES["whole"]
    if value == int(value) or abs(value) >= 10_000:
        return _STYLES["amount"]
    return _STYLES["tiny" if abs(value) < 1e-4 else "decimal"]


def _text(text: str, style: int) -> str:
    shown = _ESCAPED.sub("_x005F_", _xml(text))
    return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is>'


def _xml(text: str) -> str:
    """Text as XML can hold it."""
    return escape("\n".join(map(visible, text.split("\n"))))
