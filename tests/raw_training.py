"""The results of training from the raw records: `json`, `csv` and plain loops, none of it by the project's own code."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from raw_figures import PLACES, end_of


def quarter_of(on: date) -> str:
    return f"{on.year}-Q{(on.month + 2) // 3}"


def months_before(on: date, months: int) -> date:
    """The same day of an earlier month; `on` is the first of a month."""
    place = on.year * 12 + on.month - 1 - months
    return date(place // 12, place % 12 + 1, on.day)


class Training:
    """What was handed in up to a day, and what it adds up to."""

    def __init__(self, folder: Path, as_of: date, minutes: Mapping[str, int]) -> None:
        self.as_of, self.minutes = as_of, minutes
        read: dict[str, dict[str, Any]] = {}
        for file in sorted((folder / "completions").glob("*.jsonl")):
            for line in file.read_text(encoding="utf-8").splitlines():
                record = json.loads(line)
                record["day"] = date.fromisoformat(record["completed_at"][:10])
                if record["day"] <= as_of and record["module"] in minutes:
                    read[record["id"]] = record
        self.records = list(read.values())
        first: dict[tuple[str, str, int], dict[str, Any]] = {}
        for record in sorted(self.records, key=lambda one: (one["completed_at"], one["id"])):
            if record["passed"]:
                first.setdefault((record["learner"], record["module"], record["revision"]), record)
        self.first = list(first.values())
        self.trainers = _table(folder / "trainers.csv", ("trainer", "rung", "country", "since"))
        self.courses = [row for row in _table(folder / "courses.csv", ("course",)) if row["date"] <= as_of.isoformat()]

    def people(self, **having: object) -> int:
        """People with a first pass that has these properties."""
        return len({one["learner"] for one in self.first if all(one[name] == value for name, value in having.items())})

    def months(self) -> dict[str, int]:
        return self._by(lambda on: f"{on.year}-{on.month:02}")

    def quarters(self) -> dict[str, int]:
        return self._by(quarter_of)

    def _by(self, period: Any) -> dict[str, int]:
        found: dict[str, set[str]] = defaultdict(set)
        for one in self.first:
            found[period(one["day"])].add(one["learner"])
        return {name: len(people) for name, people in found.items()}

    def supervised(self) -> tuple[int, int]:
        """T3: people of classes and learning systems, and of these, those who passed there."""
        some = [one for one in self.records if one["delivery"] != "web"]
        return len({one["learner"] for one in some}), len({one["learner"] for one in some if one["passed"]})

    def scores(self) -> dict[str, float]:
        """Module -> mean of the best passing scores."""
        best: dict[tuple[str, str], float] = {}
        for one in self.records:
            if one["passed"]:
                key = one["module"], one["learner"]
                best[key] = max(best.get(key, 0.0), one["score"])
        return {
            module: sum(found) / len(found)
            for module in self.minutes
            if (found := [score for (name, _), score in best.items() if name == module])
        }

    def teaching(self) -> set[str]:
        """People who taught a class in the last six months."""
        since = months_before(self.as_of + timedelta(1), 6)
        return {
            one["instructor"]
            for one in self.records
            if one["delivery"] == "classroom" and one["instructor"] and one["day"] >= since
        }

    def ladder(self) -> dict[str, tuple[str, str]]:
        """Person -> the highest rung that is valid on the last day, and its country."""
        rungs = ("observer", "co-trainer", "certified", "master")
        found: dict[str, tuple[int, str, str, str]] = {}
        for row in self.trainers:
            until = date.fromisoformat(row["until"]) if row["until"] else None
            if row["rung"] not in rungs or row["since"] > self.as_of.isoformat():
                continue
            if until is None and row["rung"] in rungs[2:]:  # certified for two years
                since = date.fromisoformat(row["since"])
                until = since.replace(year=since.year + 2) - timedelta(1)
            if until is None or until >= self.as_of:
                held = (rungs.index(row["rung"]), row["since"], row["rung"], row["country"])
                found[row["trainer"]] = max(found.get(row["trainer"], held), held)
        return {trainer: (rung, country) for trainer, (_, _, rung, country) in found.items()}

    def cadre(self) -> tuple[int, int]:
        """T5, and T6: certified and master trainers, and of these, those who taught in the last six months."""
        since = months_before(self.as_of + timedelta(1), 6).isoformat()
        led = {code for row in self.courses if row["date"] >= since for code in row["trainers"].split()}
        certified = {trainer for trainer, (rung, _) in self.ladder().items() if rung in ("certified", "master")}
        return len(certified), len(certified & (led | self.teaching()))

    def passes(self) -> dict[str, dict[str, date]]:
        """Plant -> module -> the first day on which one of its people passed it."""
        found: dict[str, dict[str, date]] = defaultdict(dict)
        for one in self.first:
            held = found[one["supplier"]].get(one["module"], date.max)
            found[one["supplier"]][one["module"]] = min(held, one["day"])
        return dict(found)

    def reach(
        self, plants: Mapping[str, Mapping[str, str]], quarters: Iterable[str], core: Sequence[str]
    ) -> dict[tuple[str, str], list[int]]:
        """(Country, quarter) -> plants on the list; with a trained person; with 4 h (P2a); with a whole pathway."""
        never = date.max
        days: dict[str, tuple[date, date, date]] = {}
        by_person: dict[tuple[str, str], dict[str, date]] = defaultdict(dict)
        for one in self.first:
            held = by_person[one["supplier"], one["learner"]]
            held[one["module"]] = min(held.get(one["module"], never), one["day"])
        for plant, modules in self.passes().items():
            so_far, assisted = 0, never
            for on, module in sorted((on, module) for module, on in modules.items()):
                so_far += self.minutes[module]
                assisted = min(assisted, on) if so_far >= 240 else assisted
            whole = [
                max(held[module] for module in core)
                for (of, _), held in by_person.items()
                if of == plant and set(core) <= set(held)
            ]
            days[plant] = (min(modules.values()), assisted, min(whole, default=never))
        found = {}
        for quarter in quarters:
            end = end_of(quarter)
            listed = [
                code
                for code, row in plants.items()
                if row["listed_on"] <= end.isoformat() and not (row["left_on"] and row["left_on"] < end.isoformat())
            ]
            for place in PLACES:
                some = [code for code in listed if place in ("", plants[code]["country"])]
                reached = (sum(days.get(code, (never,) * 3)[at] <= end for code in some) for at in range(3))
                found[place, quarter] = [len(some), *reached]
        return found


def _table(file: Path, key: Sequence[str]) -> list[dict[str, str]]:
    """Of each key its last row."""
    with file.open(encoding="utf-8", newline="") as opened:
        return list({tuple(row[name] for name in key): row for row in csv.DictReader(opened)}.values())
