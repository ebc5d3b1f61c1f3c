"""How every workbook that we make looks, whatever it is for; and how it becomes the same bytes each time."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
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

MADE = datetime(2000, 1, 1)
"""A fixed day, so that the bytes are the same each time."""
FONT = "Calibri"
QUIET = PatternFill("solid", fgColor="F2F2F2")
_HEADING = PatternFill("solid", fgColor="1B5E3F")
_LINE = Side("thin", color="8C8C8C")
BOX = Border(_LINE, _LINE, _LINE, _LINE)


def write(cell: Any, value: Any) -> None:
    """Give a cell a value; a text stays one, whatever it looks like."""
    if value == "":
        return
    cell.value = float(value) if isinstance(value, Decimal) else value
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula


def head(cell: Any, text: str) -> None:
    """Make a cell the heading of a column."""
    write(cell, text)
    cell.font, cell.fill, cell.border = Font(FONT, bold=True, color="FFFFFF"), _HEADING, BOX
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def say(cell: Any, text: str, size: int = 11, *, bold: bool | None = None) -> None:
    """Write a text that runs over lines; a large one is a title."""
    write(cell, text)
    cell.font = Font(FONT, size, size > 11 if bold is None else bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def tall(texts: Iterable[tuple[str, int]]) -> int:
    """Height in points of a row of wrapped texts, each with the width of its column in characters."""
    return 15 * max(1 + len(text) * 11 // (width * 10) for text, width in texts)


def dropdown(lists: Worksheet, column: int, offered: Sequence[str]) -> DataValidation:
    """Write what may be chosen into a column of the sheet of lists, and return the rule that offers it."""
    for row, choice in enumerate(offered, 1):
        write(lists.cell(row, column), choice)
    letter = get_column_letter(column)
    return DataValidation("list", f"'{lists.title}'!${letter}$1:${letter}${len(offered)}", allow_blank=True)


def a_day() -> DataValidation:
    """The rule for a cell that takes a day of this century."""
    return DataValidation("date", "36526", operator="greaterThanOrEqual", allow_blank=True)  # 2000-01-01


def on_letter(sheet: Worksheet, orientation: Literal["portrait", "landscape"]) -> None:
    """Letter, as paper is in the three countries; as wide as one sheet."""
    sheet.page_setup.paperSize = 1
    sheet.page_setup.orientation = orientation
    sheet.page_margins = PageMargins(0.4, 0.4, 0.5, 0.7, footer=0.3)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.center.text = "&P / &N"  # type: ignore[union-attr]  # openpyxl makes it with the sheet


def packed(book: Workbook, title: str, locale: str) -> bytes:
    """The bytes of a workbook with its title and language, without the time at which it was made."""
    book.properties.title = title
    book.properties.creator = "Green Supply"
    book.properties.language = LANGUAGE_TAGS[locale]
    book.properties.created = MADE
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
