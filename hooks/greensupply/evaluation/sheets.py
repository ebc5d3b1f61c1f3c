"""A plant of the sample -> the sheet to write meter readings into, as CSV and as an Excel workbook.

What the plant reported is not on it: whoever reads a meter should not know what it ought to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from greensupply.catalogue import Catalogue
from greensupply.evaluation.sample import Drawn
from greensupply.evaluation.wording import table, words
from greensupply.locales import period
from greensupply.workbooks import BOX, QUIET, head, on_letter, packed, say, write

FIELDS = ("plant", "input", "quantity", "period", "unit")
"""Columns that are filled in already."""
TO_FILL = ("meter", "start_day", "start", "end_day", "end", "factor", "found", "evidence", "remark")
COLUMNS = (*FIELDS, *TO_FILL)
_WIDTHS: Mapping[str, int] = {
    **{"plant": 15, "input": 17, "quantity": 27, "period": 19, "unit": 10, "evidence": 15, "remark": 17},
    **dict.fromkeys(("meter", "start", "end", "found"), 11),
    **dict.fromkeys(("start_day", "end_day", "factor"), 10),
}
"""In characters."""
_HEIGHT = 30
"""Of a row to be written into by hand, in points."""


def lines(one: Drawn, catalogue: Catalogue, quarters: Sequence[str], locale: str) -> list[tuple[str, ...]]:
    """A line for each reported quantity and quarter, to be filled in."""
    empty = ("",) * len(TO_FILL)
    return [
        (one.code, name, asked.name[locale], period(quarter, locale), asked.units[0], *empty)
        for name, asked in catalogue.inputs.items()
        for quarter in quarters
    ]


def as_csv(one: Drawn, catalogue: Catalogue, quarters: Sequence[str], locale: str, *, demonstration: bool) -> bytes:
    """The sheet as text; of invented plants it says so in a last column."""
    if not demonstration:
        return table(_headings(locale), lines(one, catalogue, quarters, locale))
    mark = words(locale)["demonstration_short"]
    return table([*_headings(locale), mark], ((*line, mark) for line in lines(one, catalogue, quarters, locale)))


def as_xlsx(one: Drawn, catalogue: Catalogue, quarters: Sequence[str], locale: str, *, demonstration: bool) -> bytes:
    """The sheet as a workbook; the same sheet gives the same bytes."""
    said = words(locale)["sheet"]
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = said["name"]
    title = said["title"].format(code=one.code)
    texts = [(f"{title} ({words(locale)['demonstration_short']})" if demonstration else title, 14)]
    texts += [(step, 11) for step in said["steps"]]
    for row, (text, size) in enumerate(texts, 1):
        say(sheet.cell(row, 1), text, size)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(COLUMNS))
        sheet.row_dimensions[row].height = 22 if size > 11 else 18
    top = len(texts) + 2
    for number, (field, heading) in enumerate(zip(COLUMNS, _headings(locale), strict=True), 1):
        head(sheet.cell(top, number), heading)
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS[field]
    sheet.row_dimensions[top].height = 62
    for row, line in enumerate(lines(one, catalogue, quarters, locale), top + 1):
        sheet.row_dimensions[row].height = _HEIGHT
        for number, value in enumerate(line, 1):
            cell = sheet.cell(row, number)
            write(cell, value)
            cell.border, cell.alignment = BOX, Alignment(vertical="top", wrap_text=True)
            if number <= len(FIELDS):
                cell.fill = QUIET
    sheet.freeze_panes = f"A{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"
    on_letter(sheet, "landscape")
    return packed(book, title, locale)


def _headings(locale: str) -> list[str]:
    return [words(locale)["sheet"]["columns"][field] for field in COLUMNS]
