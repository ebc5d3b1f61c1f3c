"""The right number of every numeric question, worked out again from the numbers that its module gives."""

from __future__ import annotations

import ast
import re
from decimal import Decimal
from math import ceil

import pytest
from builders import ROOT
from greensupply import library
from greensupply.model import Question, QuestionType

WORKED = {
    "energy-efficiency/leakage-percent": "100 * 2 / (2 + 6)",
    "energy-efficiency/fan-power": "30 * 0.8**3 / 0.96",
    "energy-efficiency/baseline-saving": "90000 + 0.30 * 480000 - 222000",
    "energy-efficiency/leak-co2e": "67500 * 0.444 / 1000",
    "environmental-activity-based-costing/sludge-rate": "54000 / 27000",
    "environmental-activity-based-costing/chrome-unit-cost": "(5000 * 8 + 12000 * 2 + 2500 * 9 + 250 * 50 + 270 * 40) / 40000",
    "environmental-activity-based-costing/loss-share": "(9000 + 2000 + 1200 + 6000 + 1500) / 57500 * 100",
    "environmental-activity-based-costing/washer-payback": "90000 / (15000 + 20000)",
    "environmental-management-systems/significance-score": "0.30 * 5 + 0.20 * 3 + 0.20 * 2 + 0.20 * 5 + 0.10 * 4",
    "environmental-management-systems/energy-per-part": "1242000 / 2760000",
    "green-supply-chains/budget-2006": "100000",
    "chemicals-management/management-ratio": "156000 / 120000",
    "chemicals-management/solvent-emission": "(4000 - 1050) / 4000 * 100",
    "lean-and-clean-assessment/paint-transfer-efficiency": "2250 / (10000 * 0.45) * 100",
    "lean-and-clean-assessment/paint-at-65": "2250 / 0.65 / 0.45",
    "lean-and-clean-assessment/implementation-rate": "26 / 40 * 100",
    "metrics-and-reporting/penetration-percent": "168 / 1200 * 100",
    "metrics-and-reporting/completion-percent": "85 / 96 * 100",
    "metrics-and-reporting/scope-two-mexico": "3200000 * 0.444 / 1000",
    "metrics-and-reporting/gallons-to-cubic-meters": "5200000 * 3.785411784 / 1000",
    "p2-fundamentals/solvent-emission": "4000 - 1050",
    "p2-fundamentals/adjusted-change": "((18000 / 1.2) / 20000 - 1) * 100",
    "p2-into-lean/takt-time": "54000 / 4000",
    "p2-into-lean/lead-time": "40000 / 4000",
    "p2-into-lean/kanban-cards": "ceil(6 * 3 * 1.20 / 5)",
    "train-the-trainer/normalized-gain": "(79 - 46) / (100 - 46)",
    "train-the-trainer/training-roi": "(637000 * 0.40 - 84000) / 84000 * 100",
    "waste-exchange/exchange-improvement": "240 * (75 + 25) + 240 * (120 - 40)",
    "waste-exchange/break-even-distance": "43200 / (240 * 0.12)",
    "waste-exchange/diversion-rate": "100 * (140 + 430) / (140 + 430 + 60 + 190)",
    "water-efficiency/unaccounted-water": "24000 - 1200 - 1800 - 19500",
    "water-efficiency/two-stage-flow": "0.6 * 1000 ** (1 / 2)",
    "water-efficiency/liters-kept": "72000 * (40 - 26) / 1000",
}
"""The arithmetic of each question, `module/question`, from its inputs to its unit."""
GIVEN = {1, 2, 3, 100, 1000}
"""Numbers that a formula may hold without the text giving them: shares, powers, kilograms in a tonne."""


def questions() -> dict[str, tuple[Question, str]]:
    """Every numeric question of the hub, with the English text of its module."""
    shelf = library.read(ROOT / "modules", ROOT / "content")
    return {
        f"{name}/{question.id}": (question, module.texts["en"].written)
        for name, module in shelf.modules.items()
        for question in module.texts["en"].questions
        if question.type is QuestionType.NUMERIC
    }


ASKED = questions()


def test_every_numeric_question_is_worked_out():
    assert sorted(ASKED) == sorted(WORKED)


@pytest.mark.parametrize("name", sorted(ASKED))
def test_the_answer_is_what_the_arithmetic_gives(name):
    answer, tolerance = ASKED[name][0].answer, ASKED[name][0].tolerance
    found = Decimal(repr(float(eval(WORKED[name], {"ceil": ceil}))))

    assert found.quantize(answer) == answer or abs(found - answer) <= tolerance / 10, "rounded, not just tolerated"


@pytest.mark.parametrize("name", sorted(ASKED))
def test_every_input_stands_in_the_module(name):
    text = re.sub(r"^ {4}(answer|tolerance):.*$", "", ASKED[name][1], flags=re.MULTILINE)
    shown = {Decimal(number.replace(",", "")) for number in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)}
    inputs = {Decimal(str(node.value)) for node in ast.walk(ast.parse(WORKED[name])) if isinstance(node, ast.Constant)}

    missing = {number for number in inputs - GIVEN if not {number, number * 100, (number - 1) * 100} & shown}
    assert missing == set(), "a number that a learner could not know"
