"""`records/goals.yml`: what the programme wants to reach in plants, quantities and courses, and by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from greensupply import rules, source_text, yaml_text
from greensupply.errors import GreenSupplyError, Problem

Measure = Literal[
    "trained",
    "core",
    "contacted",
    "assisted",
    "assessed",
    "acting",
    "verified",
    "saved",
    "avoided-energy",
    "avoided-ghg",
    "avoided-water",
    "avoided-waste",
    "avoided-priority-chemicals",
    "avoided-voc",
    "change-energy",
    "change-ghg",
    "change-water",
    "change-waste",
    "change-priority-chemicals",
    "change-voc",
]
"""Plants with a trained person, or with a complete pathway; P1 to P5; verified results of a year (E15, E14); and how
much less is used at the same output (normalized change)."""


class Goal(BaseModel):
    """One goal, in percent (`share`) or in the unit of its measure (`amount`)."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    measure: Measure = Field(description="What it is of.")
    country: Literal["", "CA", "MX", "US"] = Field(default="", description="Whose plants; left out, those of all.")
    share: int = Field(
        default=0,
        ge=1,
        le=100,
        description="Percent, a whole number from 1 to 100: of the plants in scope, or how much less is used.",
    )
    amount: float = Field(
        default=0, gt=0, allow_inf_nan=False, description="US$ for saved; else GJ, t, m3 or kg avoided in a year."
    )
    by: date = Field(description="Day by which it is to be reached, as 2027-12-31.")

    @property
    def in_percent(self) -> bool:
        """Whether it is a share, not an amount."""
        return self.measure != "saved" and not self.measure.startswith("avoided-")

    @property
    def of_plants(self) -> bool:
        """Whether it is a share of the plants in scope."""
        return self.in_percent and not self.measure.startswith("change-")


class CoursePlan(BaseModel):
    """How many train-the-trainer courses are to be delivered."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    least: int = Field(ge=1, le=1000, description="Least number of courses.")
    most: int = Field(ge=1, le=1000, description="Greatest number of courses; the same where the plan is one number.")
    by: date = Field(description="Day by which they are to be delivered, as 2027-12-31.")


class GoalsFile(BaseModel):
    """All goals."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    goals: tuple[Goal, ...] = Field(strict=False, description="The goals; may be an empty list.")
    courses: CoursePlan | None = Field(default=None, description="Train-the-trainer courses planned; may be left out.")


def read(file: Path, path: str) -> tuple[Goal, ...]:
    """Return the goals in the order of their days; none where there is no file.

    Arguments:
        file: Where it is.
        path: How messages call it.

    Raises:
        GreenSupplyError: With every problem of the file.
    """
    return all_of(file, path)[0]


def all_of(file: Path, path: str) -> tuple[tuple[Goal, ...], CoursePlan | None]:
    """Return the goals, as `read` does, and the plan of courses; None where there is none."""
    if not file.exists():
        return (), None
    document = yaml_text.load(source_text.read(file, path), path)
    written = yaml_text.typed(GoalsFile, document, path)
    goals, plan, problems = written.goals, written.courses, []
    if plan and plan.most < plan.least:
        what = f"`courses.most` is {plan.most}, less than `courses.least`, {plan.least}."
        problems.append(Problem(path, document.line("courses", "most"), what, "Correct one of the two."))
    seen: dict[tuple[str, str, date], int] = {}
    for place, goal in enumerate(goals):
        line = document.line("goals", place, "measure")
        problems += _unfit(goal, path, line)
        key = (goal.measure, goal.country, goal.by)
        if key in seen:
            what = f"a second goal for `{goal.measure}` in {goal.country or 'all countries'} by {goal.by}."
            problems.append(Problem(path, line, what, f"Keep one of the two; the first is in line {seen[key]}."))
        seen.setdefault(key, line)
    if problems:
        raise GreenSupplyError(problems)
    return tuple(sorted(goals, key=lambda goal: goal.by)), plan


def _unfit(goal: Goal, path: str, line: int) -> Iterator[Problem]:
    key, other = ("share", "amount") if goal.in_percent else ("amount", "share")
    if not getattr(goal, key) or getattr(goal, other):
        yield rules.problem("goal-needs", path, line, measure=goal.measure, key=key, other=other)
    if goal.country and not goal.of_plants:
        yield rules.problem("goal-of-all", path, line, measure=goal.measure)


def next_of(goals: Iterable[Goal], country: str, today: date) -> tuple[Goal, ...]:
    """For each measure of a country the goal that comes next, or the last one where all days have passed.

    Arguments:
        goals: In the order of their days.
        country: Of which country; `""` is all together.
        today: Last day counted.
    """
    chosen: dict[str, Goal] = {}
    for goal in goals:
        if goal.country == country and (goal.measure not in chosen or chosen[goal.measure].by < today):
            chosen[goal.measure] = goal
    return tuple(chosen.values())
