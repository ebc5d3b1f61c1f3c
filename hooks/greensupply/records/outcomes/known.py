"""What a list is checked against: the catalogue, the plants, and what the store holds already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from greensupply import assessment
from greensupply.assessment import Assessment, Line, Measurement, Withdrawal
from greensupply.catalogue import Catalogue
from greensupply.plants import Listed, Plant


@dataclass(frozen=True)
class Known:
    """What is known before a list is read.

    Attributes:
        catalogue: What is measured.
        plants: Code -> plant, of the list as it is now.
        listed: Lines of that list in the order in which they were recorded.
        history: One of `assessment.LISTS` -> its lines in the order in which they were recorded.
    """

    catalogue: Catalogue
    plants: Mapping[str, Plant]
    listed: Sequence[Listed] = ()
    history: Mapping[str, Sequence[Line]] = field(default_factory=dict)
    _held: dict[str, dict[tuple[str, ...], Line]] = field(default_factory=lambda: defaultdict(dict), init=False)
    _past: dict[str, dict[tuple[str, ...], list[Line]]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for name, lines in self.history.items():
            past: dict[tuple[str, ...], list[Line]] = defaultdict(list)
            for line in lines:
                past[assessment.key(line)].append(line)
            self._past[name] = past
            self._held[name] = {key: said[-1] for key, said in past.items() if not isinstance(said[-1], Withdrawal)}

    def held(self, name: str, key: tuple[str, ...]) -> Line | None:
        """What holds of a key; None if nothing does."""
        return self._held[name].get(key)

    def has(self, name: str, key: tuple[str, ...]) -> bool:
        """Whether a key was ever recorded."""
        if name == assessment.PLANTS:
            return any(line.plant.supplier == key[0] for line in self.listed)
        return key in self._past.get(name, {})

    def superseded(self, line: Line) -> Line | None:
        """The earlier row that says the same as this one, if another one has corrected it since."""
        name, key = assessment.of(line), assessment.key(line)
        now = self.held(name, key)
        if now is None or assessment.same(now, line):
            return None
        said = self._past[name][key]
        return next((one for one in said if assessment.same(one, line)), None)

    def assessment(self, code: str) -> Assessment | None:
        """An assessment that is not taken back."""
        found = self.held(assessment.ASSESSMENTS, (code,))
        return found if isinstance(found, Assessment) else None

    def superseded_plant(self, plant: Plant) -> Listed | None:
        """The earlier line that says the same of a plant, if another one has corrected it since."""
        if self.plants.get(plant.supplier, plant) == plant:
            return None
        return next((line for line in self.listed if line.plant == plant and not line.withdrawn), None)

    def uses(self, name: str, code: str) -> bool:
        """Whether an opportunity names an assessment, or an assessment or a measurement a plant."""
        attribute = "supplier" if name == assessment.PLANTS else "assessment"
        return any(getattr(line, attribute, "") == code for held in self._held.values() for line in held.values())

    def measurements(self) -> list[Measurement]:
        """All that hold."""
        return [line for line in self._held[assessment.MEASUREMENTS].values() if isinstance(line, Measurement)]
