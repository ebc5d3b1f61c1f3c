"""The gate holds for trainers: no release, nor two, nor all of their numbers together, points to a few of them.

An attacker knows everything that is published and how it was made, as in `test_disclosure`.
"""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import pytest
from greensupply.cadre import LADDER, QUALIFIED
from greensupply.completion import COUNTRIES
from greensupply.counts import Cell, Delivered, Table, Tally
from greensupply.disclosure import LEAST, STEP, protect
from greensupply.published import PublicTally, dump, load
from scipy.optimize import Bounds, LinearConstraint, milp

AS_OF = date(2026, 10, 31)
RUNGS = tuple(rung.value for rung in LADDER)
SHAPE = (len(COUNTRIES), len(RUNGS), 2)
"""Country, rung, active or not: the finest table that there is of trainers."""

AXES = np.indices(SHAPE)
IS_QUALIFIED = np.isin(AXES[1], [RUNGS.index(rung) for rung in QUALIFIED])


def cadre(people: np.ndarray, courses: Sequence[Delivered] | None = None, others: int = 0) -> Tally:
    """The counts of a cadre; `others` teach without being certified."""
    qualified = people * IS_QUALIFIED
    active = int((qualified * AXES[2]).sum())

    def table(labels: Sequence[str], counts: Sequence[int]) -> Table:
        return Table(
            tuple(labels), {frozenset({label}): int(count) for label, count in zip(labels, counts, strict=True)}
        )

    return Tally(
        as_of=AS_OF,
        demonstration=False,
        records=0,
        completions=0,
        tables={
            "country": table((*COUNTRIES, ""), (40, 40, 40, 0)),
            "trainer-country": table(COUNTRIES, qualified.sum(axis=(1, 2))),
            "trainer-rung": table(RUNGS, people.sum(axis=(0, 2))),
        },
        quarters={},
        months={},
        reach={},
        attempts=Cell(0, 0),
        passed=Cell(0, 0),
        scores={},
        instructors=Cell(active + others, 0),
        suppliers={},
        unlisted=(),
        minutes={},
        trainers=Cell(int(qualified.sum()), 0),
        active_trainers=Cell(active, 0),
        courses=None if courses is None else tuple(courses),
    )


def seen(public: PublicTally) -> tuple[object, ...]:
    """All that is published of trainers."""
    shown = [[(row.labels, row.learners) for row in public.tables[f"trainer-{name}"]] for name in ("country", "rung")]
    return (public.trainers, public.active_trainers, public.instructors, *map(tuple, shown))


def by_rung(*counts: int) -> np.ndarray:
    """Everybody in Mexico and idle: what the table of rungs and the number of the qualified say together."""
    people = np.zeros(SHAPE, dtype=int)
    people[COUNTRIES.index("MX"), :, 0] = counts
    return people


def cadres_up_to(size: int, most: int) -> Iterator[tuple[int, ...]]:
    if size == 0:
        yield ()
        return
    for first in range(most + 1):
        for rest in cadres_up_to(size - 1, most - first):
            yield (first, *rest)


def test_no_small_cadre_gives_away_how_many_stand_on_a_rung_that_is_not_shown():
    """The number of the qualified overlaps with the rungs: their difference must not tell of a hidden one."""
    most = 31
    worlds = defaultdict(list)
    for counts in cadres_up_to(len(RUNGS), most):
        worlds[seen(protect(cadre(by_rung(*counts))))].append(counts)
    checked = 0
    for published, found in worlds.items():
        rungs = published[-1]
        if not rungs or sum(count + STEP for _, count in rungs) > most:  # type: ignore[attr-defined, misc]
            continue  # larger cadres than were tried give the same, so it hides the more
        shown = {labels[0] for labels, _ in rungs if len(labels) == 1}  # type: ignore[attr-defined]
        for place, rung in enumerate(RUNGS):
            if rung not in shown:
                checked += 1
                assert len({world[place] for world in found}) > 1, (published, rung)
    assert checked > 10


def population(chance: random.Random) -> np.ndarray:
    """Skewed, so that small groups occur."""
    people = np.zeros(SHAPE, dtype=int)
    weights = [[chance.random() ** 2 + 0.02 for _ in range(size)] for size in SHAPE]
    for _ in range(chance.choice([18, 40, 75, 150])):
        people[tuple(chance.choices(range(len(weight)), weight)[0] for weight in weights)] += 1
    return people


@pytest.mark.parametrize("seed", range(16))
def test_no_hidden_number_of_trainers_follows_from_all_of_them_together(seed):
    chance = random.Random(seed)
    public = protect(cadre(population(chance), others=chance.randrange(15)))
    size = int(np.prod(SHAPE)) + 1  # and those who teach without being certified
    lines, least, most = [], [], []
    hidden: list[tuple[str, np.ndarray]] = []

    def line(of: np.ndarray, others: int = 0) -> np.ndarray:
        return np.append(of.astype(float).ravel(), others)

    def known(one: np.ndarray, shown: int | None, name: str) -> None:
        lines.append(one)
        least.append(0 if shown is None else shown)
        most.append(LEAST - 1 if shown is None else shown + STEP - 1)
        if shown is None:
            hidden.append((name, one))

    active = IS_QUALIFIED & (AXES[2] == 1)
    known(line(IS_QUALIFIED), public.trainers, "trainers")
    known(line(active), public.active_trainers, "active")
    known(line(active, 1), public.instructors, "instructors")
    hidden += [("idle", line(IS_QUALIFIED & (AXES[2] == 0))), ("not certified", line(np.zeros(SHAPE), 1))]
    for axis, name, labels, whole in ((0, "country", COUNTRIES, IS_QUALIFIED), (1, "rung", RUNGS, True)):
        shown = {label for row in public.tables[f"trainer-{name}"] for label in row.labels if len(row.labels) == 1}
        for row in public.tables[f"trainer-{name}"]:
            places = [labels.index(label) for label in row.labels]
            known(line(np.isin(AXES[axis], places) & whole), row.learners, name)
        hidden += [
            (label, line((AXES[axis] == place) & whole)) for place, label in enumerate(labels) if label not in shown
        ]
        hidden += [  # and nothing that would be a table by two properties
            (f"{label} {rung}", line((AXES[0] == place) & (AXES[1] == other)))
            for place, label in enumerate(COUNTRIES)
            for other, rung in enumerate(RUNGS)
            if axis == 0
        ]
    limits = LinearConstraint(np.array(lines), least, most)
    for name, one in hidden:
        low, high = extreme(one, limits, size), -extreme(-one, limits, size)
        assert high > low, name


def extreme(line: np.ndarray, limits: LinearConstraint, size: int) -> int:
    """The least that the attacker can be sure of; nobody is sure of more than a thousand."""
    found = milp(line, constraints=limits, integrality=np.ones(size), bounds=Bounds(0, 1000))
    assert found.success, found.message
    return round(found.fun)


@pytest.mark.parametrize("seed", range(4))
def test_no_two_releases_pin_a_rung_that_is_not_shown_or_what_was_added_to_it(seed):
    chance = random.Random(seed)
    tried = 0
    for _ in range(30):
        old = tuple(min(25, int(chance.expovariate(1 / 11))) for _ in RUNGS)
        new = tuple(count + chance.choice((0, 0, 1, 2, 5, 9, 12)) for count in old)
        first, second = releases(old, new)
        for place in range(len(RUNGS)):
            if all((RUNGS[place],) in {row.labels for row in one.tables["trainer-rung"]} for one in (first, second)):
                continue
            tried += 1
            assert another(old, new, place, first, second), (old, new, place)
    assert tried > 20


def releases(old: Sequence[int], new: Sequence[int]) -> tuple[PublicTally, PublicTally]:
    first = protect(cadre(by_rung(*old)))
    return first, protect(cadre(by_rung(*new)), first)


def another(old: tuple[int, ...], new: tuple[int, ...], place: int, first: PublicTally, second: PublicTally) -> bool:
    """Is there a cadre in which another number stood on the rung before, after, or came to it, and all else is alike?"""
    open_numbers = {0, 1, 2}
    if (RUNGS[place],) in {row.labels for row in first.tables["trainer-rung"]}:
        open_numbers -= {0}
    if (RUNGS[place],) in {row.labels for row in second.tables["trainer-rung"]}:
        open_numbers -= {1}
    published = seen(first), seen(second)
    true = (old[place], new[place], new[place] - old[place])
    for change, before, after in itertools.product((-1, 1, -2, 2, -3, 3), (0, 1), (0, 1)):
        for balance in (None, *(other for other in range(len(RUNGS)) if other != place)):
            one, two = list(old), list(new)
            for counts, wanted in ((one, before), (two, after)):
                counts[place] += change * wanted
                if balance is not None:
                    counts[balance] -= change * wanted
            if min(*one, *two) < 0 or (one, two) == (list(old), list(new)):
                continue
            found = (one[place], two[place], two[place] - one[place])
            if any(found[number] != true[number] for number in open_numbers) and published == tuple(
                map(seen, releases(one, two))
            ):
                open_numbers = {number for number in open_numbers if found[number] == true[number]}
            if not open_numbers:
                return True
    return False


def test_one_more_trainer_moves_no_number():
    people = by_rung(18, 32, 28, 11)
    before = protect(cadre(people))
    for rung in range(len(RUNGS)):
        more = people.copy()
        more[COUNTRIES.index("MX"), rung, 0] += 1

        assert seen(protect(cadre(more), before)) == seen(before)


def test_a_cadre_that_grew_by_ten_moves_and_a_small_one_is_not_shown():
    before = protect(cadre(by_rung(3, 2, 3, 1)))
    assert seen(before)[:2] == (None, None)
    assert seen(protect(cadre(by_rung(3, 2, 12, 1)), before))[0] is None, "nine came"
    grown = protect(cadre(by_rung(18, 32, 38, 11)), protect(cadre(by_rung(18, 32, 24, 11))))

    assert grown.trainers == 45


def test_a_first_list_of_trainers_is_shown_though_figures_were_published_before():
    tally = cadre(by_rung(18, 32, 15, 0))
    before = protect(Tally(**{**vars(tally), "tables": {"country": tally.tables["country"]}, "trainers": Cell(0, 0)}))
    assert before.trainers is None

    assert protect(tally, before).trainers == 15


# --- courses ----------------------------------------------------------------------------------------------------------


def delivered(*participants: int) -> list[Delivered]:
    quarters = ("2026-Q1", "2026-Q1", "2026-Q3", "2026-Q3")
    return [
        Delivered(("MX", "CA")[place % 2], quarter, people)
        for place, (quarter, people) in enumerate(zip(quarters, participants, strict=False))
    ]


def test_courses_are_counted_exactly_but_a_small_one_does_not_show():
    public = protect(cadre(by_rung(0, 0, 0, 0), delivered(18, 16, 20, LEAST - 1)))

    assert public.courses == {"CA": 1, "MX": 2, "US": 0}
    assert public.course_quarters == {"2026-Q1": 2, "2026-Q2": 2, "2026-Q3": 3, "2026-Q4": 3}
    assert public.delivered == 3


def test_how_many_took_part_never_shows():
    one = protect(cadre(by_rung(0, 0, 0, 0), delivered(18, 16)))

    assert one == protect(cadre(by_rung(0, 0, 0, 0), delivered(LEAST, 400)))
    none = protect(cadre(by_rung(0, 0, 0, 0), delivered(1, 2)))
    assert none == protect(cadre(by_rung(0, 0, 0, 0), delivered(3)))
    assert none.courses == {"CA": 0, "MX": 0, "US": 0}
    assert protect(cadre(by_rung(0, 0, 0, 0))).courses is None


def test_the_published_state_is_read_as_it_was_written_and_so_is_one_without_trainers():
    public = protect(cadre(by_rung(18, 32, 28, 11), delivered(18, 16)))
    assert load(dump(public)) == public

    older = protect(cadre(by_rung(0, 0, 0, 0)))
    text = dump(older)
    for name in ("trainers", "active_trainers", "courses"):
        text = text.replace(f' "{name}": null,\n', "")
    text = text.replace(' "course_quarters": {},\n', "")
    assert '"course' not in text
    assert load(text) == older
