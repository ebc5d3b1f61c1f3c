"""What may be published, for tests of pages and charts: the smallest, and a lifelike one."""

from __future__ import annotations

import random
import re
from datetime import date
from typing import Any

from greensupply.published import PublicReach, PublicRow, PublicTally

QUARTERS = [f"{year}-Q{number}" for year in (2024, 2025, 2026) for number in (1, 2, 3, 4)][1:11]
MONTHS = [f"{year}-{number:02}" for year in (2024, 2025, 2026) for number in range(1, 13)][3:34]
MODULES = ("p2-into-lean", "environmental-activity-based-costing", "environmental-management-systems")
PLANTS = {"": 1240, "CA": 310, "MX": 520, "US": 405}


def rows(**counts: int) -> tuple[PublicRow, ...]:
    """Rows of a table; labels that were merged are joined by two underscores: `CA__US=30`."""
    return tuple(PublicRow(tuple(labels.split("__")), count) for labels, count in counts.items())


def make_public(**changes: Any) -> PublicTally:
    """The smallest tally with something to show."""
    values: dict[str, Any] = {
        "as_of": date(2026, 10, 31),
        "learners": 40,
        "completions": 60,
        "tables": {"country": rows(MX=25, CA__US=15)},
    }
    return PublicTally(**{**values, **changes})


def lifelike(**changes: Any) -> PublicTally:
    """A programme of two and a half years, with everything that a page can show."""
    dice = random.Random(3)
    values: dict[str, Any] = {
        "demonstration": True,
        "learners": 2315,
        "completions": 4780,
        "tables": {
            "country": (*rows(MX=1285, US=520, CA=390), PublicRow(("",), 100)),
            "module": tuple(PublicRow((name,), count) for name, count in zip(MODULES, (1790, 640, 1210), strict=True)),
            "language": rows(es=1240, en=815, fr=245),
            "delivery": rows(classroom=1405, web__lms=930),
            "trainer-country": rows(MX=20, CA__US=15),
            "trainer-rung": (*rows(observer__master=20, certified=30), PublicRow(("co-trainer",), 25)),
        },
        "quarters": dict(zip(QUARTERS, (None, 35, 60, 95, 140, 180, 260, 310, 405, 1485), strict=True)),
        "months": {
            name: None if place < 4 or place == 21 else int(10 + place * 45 * (1 + dice.random() / 2)) // 5 * 5
            for place, name in enumerate(MONTHS)
        },
        "reach": {
            (country, quarter): _reach(country, place) for country in PLANTS for place, quarter in enumerate(QUARTERS)
        },
        "attempts": 1500,
        "passed": 1310,
        "instructors": 25,
        "trainers": 35,
        "active_trainers": 20,
        "courses": {"CA": 1, "MX": 2, "US": 1},
        "course_quarters": dict(zip([*QUARTERS[1:], "2026-Q4"], (1, 1, 2, 2, 2, 3, 3, 3, 4, 4), strict=True)),
        "scores": dict(zip(MODULES, (85, 80, 90), strict=True)),
        "minutes": dict(zip(MODULES, (45, 60, 60), strict=True)),
    }
    return make_public(**{**values, **changes})


def _reach(country: str, place: int) -> PublicReach:
    trained = int(PLANTS[country] * 0.34 * ((place + 1) / len(QUARTERS)) ** 1.2 / (2 if country == "CA" else 1))
    counts = [share // 5 * 5 if share >= 15 else None for share in (trained, trained * 5 // 9, trained // 3)]
    return PublicReach(PLANTS[country], *counts[:2], None if country == "CA" else counts[2])


def tiles(page: str) -> dict[str, str]:
    """The headline of a results page, Markdown or built: what is counted -> what is shown."""
    return dict(re.findall(r"<div><dt>(.*?) ?(?:<a[^>]*>[^<]*</a>)?</dt><dd[^>]*>(.*?)</dd></div>", page))
