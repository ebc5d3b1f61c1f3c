"""Plants that report -> the frame of plants for meter checks, and the sample that a seed draws from it.

1. The frame: plants in scope at the end of the last closed quarter that reported a quantity in the last four.
2. Strata: country and coarse size class; those with fewer than five plants stand together with others (`groups.hide`).
3. Shares: in proportion to the plants of each stratum, by largest remainders, but at least `FEWEST` of each.
4. Draw: the plants of a stratum in the order of `codes.rank`, HMAC-SHA256 under the programme's key of the seed and
   the plant's code; the first ones are the sample, as many after them the reserve, in this order.

The order depends on the key, the seed and the plant's own code alone: rows may come in any order, and a plant that is
added moves no other one against the rest. As the HMAC of different texts is as good as random, every set of plants of a
stratum is drawn with the same chance. Who draws cannot choose: the seed comes from the evaluator, after the digests of
the lists and the fingerprint of the key were handed over. Source: Cochran, Sampling Techniques (1977), 5.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from greensupply.evaluation.codes import Pseudonym, code, rank
from greensupply.evaluation.groups import Column, hide
from greensupply.evaluation.plants import InScope, last_quarters
from greensupply.outcome_counts import QUARTERLY, Outcomes

FEWEST = 2
"""Fewest plants of a stratum in the sample, so that how much they differ can be told."""

SAMPLE, RESERVE = "sample", "reserve"
Stratum = tuple[str, str]
"""Country and size, as they stand together."""


@dataclass(frozen=True)
class Drawn:
    """One plant of the sample or of the reserve; `place` is its place in the draw of its stratum, from 1."""

    supplier: str
    code: str
    stratum: Stratum
    role: str
    place: int


@dataclass(frozen=True)
class Sample:
    """What was drawn.

    Attributes:
        plants: The sample and the reserve, by stratum, role and code.
        frame: Stratum -> plants in it.
        taken: Stratum -> plants of the sample.
        left_out: Plants of the frame that are in no stratum, because there are fewer than five of them in all.
    """

    plants: tuple[Drawn, ...]
    frame: Mapping[Stratum, int]
    taken: Mapping[Stratum, int]
    left_out: int


def frame(scope: Sequence[InScope], true: Outcomes) -> tuple[InScope, ...]:
    """Return the plants in scope that reported a quantity in the last four closed quarters."""
    quarters = last_quarters(true.as_of)
    reporting = {
        plant
        for (measure, _, period), amount in true.amounts.items()
        if measure in QUARTERLY and period in quarters
        for plant in amount.plants
    }
    return tuple(one for one in scope if one.supplier in reporting)


def draw(plants: Sequence[InScope], size: int, pseudonym: Pseudonym, seed: int) -> Sample:
    """Return the sample of a frame.

    Arguments:
        plants: The frame, in any order.
        size: Plants in the sample; all of them where there are no more, and at least `FEWEST` of each stratum.
        pseudonym: Makes codes and the order.
        seed: Another one gives another sample, and other codes.
    """
    rows = [{"country": one.country, "size": one.size, "supplier": one.supplier} for one in plants]
    hidden = hide(rows, (Column("country"), Column("size")))
    strata: dict[Stratum, list[str]] = {}
    for row in hidden.rows:
        strata.setdefault((row["country"], row["size"]), []).append(row["supplier"])
    counts = {stratum: len(strata[stratum]) for stratum in sorted(strata)}
    taken = shares(counts, size)
    found = []
    for stratum, number in taken.items():
        order = sorted(strata[stratum], key=lambda supplier: rank(pseudonym, seed, supplier))
        for place, supplier in enumerate(order[: 2 * number], 1):
            role = SAMPLE if place <= number else RESERVE
            found.append(Drawn(supplier, code(pseudonym, seed, "sample", supplier), stratum, role, place))
    found.sort(key=lambda one: (one.stratum, one.place))
    return Sample(tuple(found), counts, taken, hidden.suppressed)


def shares(counts: Mapping[Stratum, int], size: int) -> dict[Stratum, int]:
    """How many plants of each stratum are drawn: in proportion, by largest remainders, but at least `FEWEST`.

    Arguments:
        counts: Stratum -> plants in it.
        size: Plants to draw in all.
    """
    whole = sum(counts.values())
    if not whole:
        return {}
    wanted = min(size, whole)
    exact = {stratum: wanted * count / whole for stratum, count in counts.items()}
    taken = {stratum: int(share) for stratum, share in exact.items()}
    for stratum in sorted(exact, key=lambda each: (taken[each] - exact[each], each))[: wanted - sum(taken.values())]:
        taken[stratum] += 1
    return {stratum: min(count, max(FEWEST, taken[stratum])) for stratum, count in counts.items()}
