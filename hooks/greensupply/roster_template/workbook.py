"""A roster to be filled in -> an Excel workbook: the roster, a page of instructions, and a hidden sheet of lists."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from greensupply.roster_template import DAY, SCORE, Roster, words
from greensupply.workbooks import BOX, FONT, QUIET, a_day, dropdown, head, on_letter, packed, say, tall, write

LAST_ROW = 1_000
"""Last row with drop-downs; a class is smaller."""
RULED = 31
"""Last row with lines around its cells, which a sheet of Letter holds when it is printed empty."""
_WIDTHS: Mapping[str, int] = {
    **{"remark": 18, "email": 26, "number": 12, "name": 22, "supplier": 12, "country": 14, "module": 36},
    **{"date": 12, "score": 12, "language": 11, "session": 15, "instructor": 24, "revision": 10},
}
"""In characters."""
_FORMATS: Mapping[str, str] = {"date": DAY, "score": SCORE, **dict.fromkeys(("number", "supplier", "session"), "@")}
_WRAPPED = ("remark", "module")


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
    return packed(book, said["title"], roster.locale)


def _fill(sheet: Worksheet, roster: Roster) -> None:
    said = words(roster.locale)
    for number, field in enumerate(roster.columns, 1):
        column = sheet.column_dimensions[get_column_letter(number)]
        column.width = _width(field, roster)
        column.number_format = _FORMATS.get(field, "General")
        head(sheet.cell(1, number), said["headings"][field])
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
            sheet.row_dimensions[row].height = tall(texts)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    on_letter(sheet, "landscape")


def _width(field: str, roster: Roster) -> int:
    return 60 if field == "remark" and roster.returned else _WIDTHS[field]


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
        rule = dropdown(lists, roster.columns.index(field) + 1, offered)
        rule.errorStyle = "warning" if field == "session" else "stop"
    elif field == "date":
        rule = a_day()
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
        say(sheet.cell(row, 1), text, size)
        sheet.row_dimensions[row].height = (size + 5) * (1 + len(text) * size // (11 * 74))
    on_letter(sheet, "portrait")
