"""A roster to be filled in -> an Excel workbook: the roster, a page of instructions, and a hidden sheet of lists."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from greensupply.locales import LANGUAGE_TAGS
from greensupply.roster_template import DAY, SCORE, Roster, words

LAST_ROW = 1_000
"""Last row with drop-downs; a class is smaller."""
RULED = 31
"""Last row with lines around its cells, which a sheet of Letter holds when it is printed empty."""
MADE = datetime(2000, 1, 1)
"""A fixed day, so that the bytes are the same each time."""
_WIDTHS: Mapping[str, int] = {
    **{"remark": 18, "email": 26, "number": 12, "name": 22, "supplier": 12, "country": 14, "module": 36},
    **{"date": 12, "score": 12, "language": 11, "session": 15, "instructor": 24, "revision": 10},
}
"""In characters."""
_FORMATS: Mapping[str, str] = {"date": DAY, "score": SCORE, **dict.fromkeys(("number", "supplier", "session"), "@")}
_WRAPPED = ("remark", "module")
HEADING = PatternFill("solid", fgColor="1B5E3F")
QUIET = PatternFill("solid", fgColor="F2F2F2")
_LINE = Side("thin", color="8C8C8C")
FONT = "Calibri"
BOX = Border(_LINE, _LINE, _LINE, _LINE)


def as_xlsx(roster: Roster) -> bytes:
    """Return the workbook; the same roster gives the same bytes."""
    said = words(roster.locale)
    book = Workbook()
    sheet, help_page, lists = book.worksheets[0], book.create_sheet(said["help"]), book.create_sheet(said["lists"])
    sheet.title = said["sheet"]
    _fill(sheet, roster)
    _validate(sheet, lists, roster)
    _instruct(help_page, roster)
    lists.sheet_state = "hidden"
    book.properties.title = said["title"]
    book.properties.creator = "Green Supply"
    book.properties.language = LANGUAGE_TAGS[roster.locale]
    book.properties.created = MADE
    return packed(book)


def _fill(sheet: Worksheet, roster: Roster) -> None:
    said = words(roster.locale)
    for number, field in enumerate(roster.columns, 1):
        column = sheet.column_dimensions[get_column_letter(number)]
        column.width = _width(field, roster)
        column.number_format = _FORMATS.get(field, "General")
        heading = sheet.cell(1, number, said["headings"][field])
        heading.font, heading.fill, heading.border = Font(FONT, bold=True, color="FFFFFF"), HEADING, BOX
        heading.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.row_dimensions[1].height = 32
    lines = list(roster.lines())
    for row in range(2, max(0 if roster.returned else RULED, len(lines) + 1) + 1):
        line = lines[row - 2] if row - 2 < len(lines) else [""] * len(roster.columns)
        for number, (field, value) in enumerate(zip(roster.columns, line, strict=True), 1):
            cell = sheet.cell(row, number)
            write(cell, value)
            cell.border = BOX
            cell.number_format = _FORMATS.get(field, "General")
            cell.alignment = Alignment(vertical="top", wrap_text=field in _WRAPPED)
            if row == 2 and not roster.returned:
                cell.font, cell.fill = Font(FONT, italic=True, color="595959"), QUIET
        if any(line):
            texts = (
                (str(value), _width(field, roster))
                for field, value in zip(roster.columns, line, strict=True)
                if field in _WRAPPED
            )
            sheet.row_dimensions[row].height = 15 * max(1 + len(text) * 11 // (width * 10) for text, width in texts)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    on_letter(sheet, "landscape")


def _width(field: str, roster: Roster) -> int:
    return 60 if field == "remark" and roster.returned else _WIDTHS[field]


def write(cell: Any, value: Any) -> None:
    """Give a cell a value; a text stays one, whatever it looks like."""
    if value == "":
        return
    cell.value = float(value) if isinstance(value, Decimal) else value
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula


def _validate(sheet: Worksheet, lists: Worksheet, roster: Roster) -> None:
    """Drop-downs, and what a day and a score may be; each with what to write."""
    prompts = words(roster.locale)["prompts"]
    for number, field in enumerate(roster.columns, 1):
        rule = _rule(field, lists, roster)
        if field in prompts:
            rule.promptTitle = words(roster.locale)["headings"][field][:32]
            rule.prompt = rule.error = prompts[field]
            rule.showInputMessage = True
            letter = get_column_letter(number)
            rule.add(f"{letter}2:{letter}{LAST_ROW}")
            sheet.add_data_validation(rule)


def _rule(field: str, lists: Worksheet, roster: Roster) -> DataValidation:
    if offered := roster.choices(field):
        column = roster.columns.index(field) + 1
        for row, choice in enumerate(offered, 1):
            write(lists.cell(row, column), choice)
        letter = get_column_letter(column)
        rule = DataValidation("list", f"'{lists.title}'!${letter}$1:${letter}${len(offered)}", allow_blank=True)
        rule.errorStyle = "warning" if field == "session" else "stop"
    elif field == "date":
        rule = DataValidation("date", "36526", operator="greaterThanOrEqual", allow_blank=True)  # 2000-01-01
    elif field == "score":
        rule = DataValidation("decimal", "0", "1", operator="between", allow_blank=True)
    else:
        return DataValidation(allow_blank=True)
    rule.showErrorMessage = True
    return rule


def _instruct(sheet: Worksheet, roster: Roster) -> None:
    said = words(roster.locale)
    sheet.column_dimensions["A"].width = 80
    sheet.sheet_view.showGridLines = False
    lead = [said["returned"]] if roster.returned else []
    parts = [(said["title"], 16), *((text, 11) for text in [*lead, *said["steps"]])]
    parts += [(said["privacy_title"], 13), *((text, 11) for text in said["privacy"])]
    for row, (text, size) in enumerate(parts, 1):
        cell = sheet.cell(row, 1)
        write(cell, text)
        cell.font = Font(FONT, size, size > 11)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = (size + 5) * (1 + len(text) * size // (11 * 74))
    on_letter(sheet, "portrait")


def on_letter(sheet: Worksheet, orientation: Literal["portrait", "landscape"]) -> None:
    """Letter, as paper is in the three countries; as wide as one sheet."""
    sheet.page_setup.paperSize = 1
    sheet.page_setup.orientation = orientation
    sheet.page_margins = PageMargins(0.4, 0.4, 0.5, 0.7, footer=0.3)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.center.text = "&P / &N"  # type: ignore[union-attr]  # openpyxl makes it with the sheet


def packed(book: Workbook) -> bytes:
    """The workbook's bytes without the time at which it was made."""
    file, fixed = BytesIO(), BytesIO()
    book.save(file)
    stamp = f"{MADE.isoformat()}Z".encode()
    with zipfile.ZipFile(file) as read, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as write:
        for name in read.namelist():
            content = read.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            write.writestr(info, content)
    return fixed.getvalue()
