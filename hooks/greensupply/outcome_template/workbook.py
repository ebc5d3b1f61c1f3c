"""A list to be filled in -> an Excel workbook: the list, a page of instructions, and a hidden sheet of lists."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from greensupply.outcome_template import NUMBERS, Template, said
from greensupply.records.outcomes.words import REMARK
from greensupply.roster_template import DAY
from greensupply.workbooks import BOX, FONT, QUIET, a_day, dropdown, head, on_letter, packed, say, tall, write

LAST_ROW = 5_000
"""Last row with drop-downs; a longer list is written by a program."""
RULED = 26
"""Last row with lines around its cells."""
DAYS = (
    *("listed_on", "contacted_on", "enrolled_on", "left_on", "day"),
    *("identified_on", "committed_on", "implemented_on", "verified_on"),
)
_CODES = ("supplier", "assessment", "opportunity", "customer", "period", "region")
_WIDE = {"input": 34, "assessors": 24, "processes": 24, "family": 22, REMARK: 20}
"""Columns that need more than their headings, in characters."""
_OPEN = ("unit", "output_unit", "input", "process", "family")
"""Drop-downs that do not stop who writes another word that the reader may know."""


def as_xlsx(template: Template) -> bytes:
    """Return the workbook; the same list gives the same bytes."""
    words = said(template.locale)
    book = Workbook()
    sheet, help_page, lists = book.worksheets[0], book.create_sheet(words["help"]), book.create_sheet(words["lists"])
    sheet.title = words["sheets"][template.of]
    _fill(sheet, template)
    _validate(sheet, lists, template)
    _instruct(help_page, template)
    lists.sheet_state = "hidden"
    return packed(book, words["titles"][template.of], template.locale)


def _fill(sheet: Worksheet, template: Template) -> None:
    for number, field in enumerate(template.columns, 1):
        column = sheet.column_dimensions[get_column_letter(number)]
        column.width = _width(field, template)
        column.number_format = _format(field)
        head(sheet.cell(1, number), template.heading(field))
    sheet.row_dimensions[1].height = 48
    lines = list(template.lines())
    for row in range(2, max(0 if template.returned else RULED, len(lines) + 1) + 1):
        line = lines[row - 2] if row - 2 < len(lines) else [""] * len(template.columns)
        for number, (field, value) in enumerate(zip(template.columns, line, strict=True), 1):
            cell = sheet.cell(row, number)
            write(cell, value)
            cell.border = BOX
            cell.number_format = _format(field)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if row == 2 and not template.returned:
                cell.font, cell.fill = Font(FONT, italic=True, color="595959"), QUIET
        if any(line):
            texts = ((str(value), _width(field, template)) for field, value in zip(template.columns, line, strict=True))
            sheet.row_dimensions[row].height = tall(texts)
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    on_letter(sheet, "landscape")


def _width(field: str, template: Template) -> int:
    return 60 if field == REMARK and template.returned else _WIDE.get(field, 14)


def _format(field: str) -> str:
    if field in DAYS:
        return DAY
    return "@" if field in _CODES else "General"


def _validate(sheet: Worksheet, lists: Worksheet, template: Template) -> None:
    """Drop-downs, and what days and numbers may be; each with what to write."""
    prompts = said(template.locale)["prompts"]
    for number, field in enumerate(template.columns, 1):
        rule = _rule(field, number, lists, template)
        rule.promptTitle = template.heading(field)[:32]
        rule.prompt = rule.error = prompts.get(field, "")[:250]
        rule.showInputMessage = field != REMARK
        letter = get_column_letter(number)
        rule.add(f"{letter}2:{letter}{LAST_ROW}")
        sheet.add_data_validation(rule)


def _rule(field: str, number: int, lists: Worksheet, template: Template) -> DataValidation:
    if offered := template.choices(field):
        rule = dropdown(lists, number, offered)
        rule.errorStyle = "warning" if field in _OPEN else "stop"
    elif field in DAYS:
        rule = a_day()
    elif field in NUMBERS:
        least = "-1000000000000" if field == "verified_saving" else "0"
        rule = DataValidation("decimal", least, operator="greaterThanOrEqual", allow_blank=True)
        rule.errorStyle = "warning"  # the amount of a national register may be a word
    else:
        return DataValidation(allow_blank=True)
    rule.showErrorMessage = True
    return rule


def _instruct(sheet: Worksheet, template: Template) -> None:
    words = said(template.locale)
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = 70
    sheet.sheet_view.showGridLines = False
    lead = [words["returned"]] if template.returned else []
    texts = [*lead, *words["steps"][template.of], *words["every"]]
    row = 1
    for text, size in [(words["titles"][template.of], 16), *((text, 11) for text in texts), (words["columns"], 13)]:
        say(sheet.cell(row, 1), text, size)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
        sheet.row_dimensions[row].height = (size + 5) * (1 + len(text) * size // (11 * 98))
        row += 1
    for field in template.columns:
        needed = f" {words['needed']}" if template.needed(field) else ""
        text = f"{words['prompts'].get(field, '')}{needed}"
        for column, (content, bold) in enumerate(((template.heading(field), True), (text, False)), 1):
            say(sheet.cell(row, column), content, bold=bold)
        sheet.row_dimensions[row].height = 16 * (1 + max(len(text) // 66, len(template.heading(field)) // 32))
        row += 1
    on_letter(sheet, "portrait")
