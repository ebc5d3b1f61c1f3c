"""What looks like chance, and days that look like those of a programme; all of it follows from a seed and a name."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha1, sha256
from itertools import accumulate
from typing import TypeVar

SEASON = (0.9, 1.1, 1.2, 1.0, 1.1, 1.0, 0.4, 0.8, 1.2, 1.4, 1.1, 0.35)
"""How much training there is from January to December: plants stop in July and over the holidays."""

Option = TypeVar("Option")


@dataclass
class Dice:
    """Numbers that look like chance, drawn from a seed and a name; Python's own may change between versions."""

    seed: int
    name: str
    number: object = ""
    drawn: int = field(default=0, init=False)

    def share(self) -> float:
        """A number above 0 and up to 1."""
        self.drawn += 1
        digest = sha256(f"{self.seed}/{self.name}/{self.number}/{self.drawn}".encode()).digest()
        return (int.from_bytes(digest[:6], "big") + 1) / 2**48

    def chance(self, share: float) -> bool:
        """Does it happen?"""
        return self.share() <= share

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        return min(high, low + int(self.share() * (high - low + 1)))

    def pick(self, weights: dict[Option, float] | dict[Option, int]) -> Option:
        """One of the options, each as often as its weight says."""
        sums = list(accumulate(weights.values()))
        return list(weights)[min(bisect(sums, self.share() * sums[-1]), len(sums) - 1)]


@dataclass(frozen=True)
class Period:
    """First and last day of the records."""

    start: date
    end: date

    def day(self, gone: float) -> date:
        """The day on which a share of the time is gone."""
        return self.start + timedelta(days=round((self.end - self.start).days * min(gone, 1)))

    def left(self, day: date) -> float:
        """The share of the time that is still to come on a day."""
        return 1 - (day - self.start).days / ((self.end - self.start).days + 1)

    def busy_day(self, dice: Dice, first: date) -> date:
        """A day from `first` on: more of them as the programme grows, and as the season has it."""
        days = max(1, (self.end - first).days)
        best = first
        for _ in range(8):
            best = first + timedelta(days=int(dice.share() * days))
            growth = 1 - 0.6 * self.left(best)
            if dice.chance(growth * SEASON[best.month - 1] / max(SEASON)):
                break
        return min(best, self.end)


def pseudonym(seed: int, kind: str, name: str) -> str:
    """The pseudonym of nobody."""
    return sha256(f"demonstration/{seed}/{kind}/{name}".encode()).hexdigest()[:32]


def uuid(name: str) -> str:
    """A UUID from a name. Source: RFC 9562, version 5."""
    digest = bytearray(sha1(f"demonstration/{name}".encode(), usedforsecurity=False).digest()[:16])
    digest[6], digest[8] = digest[6] & 0x0F | 0x50, digest[8] & 0x3F | 0x80
    text = digest.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
