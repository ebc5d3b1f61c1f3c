"""The evaluation kit: what a third party needs to evaluate the programme, as the files of one folder.

Nothing in the folder points to a plant or a person; what does (`supervised`) is for those who may see the records. The
same records, key, day and seed give the same bytes. Source: curriculum 4.5.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from greensupply.csv_text import Value
from greensupply.evaluation import definitions, plants, quality, queries, readme, report, sheets
from greensupply.evaluation.codes import Pseudonym
from greensupply.evaluation.groups import LEAST
from greensupply.evaluation.plants import InScope, Table
from greensupply.evaluation.quality import Store
from greensupply.evaluation.queries import Counting
from greensupply.evaluation.report import Report
from greensupply.evaluation.sample import SAMPLE, Sample, draw, frame
from greensupply.evaluation.wording import table
from greensupply.locales import LOCALES
from greensupply.outcome_counts import Outcomes
from greensupply.published import PublicTally
from greensupply.published_outcomes import PublicOutcomes

__all__ = ["Counting", "Kit", "files", "supervised"]

Row = Sequence[Value]
_TAIL = ("as_of", "demonstration")
"""Last columns of every table, so that one alone says of when it is, and whether it is invented."""
MICRODATA: Mapping[str, Sequence[str]] = {
    "plants": ("code", *(column.name for column in plants.PLANT_COLUMNS)),
    "magnitudes": ("measure", "unit", "code", *(column.name for column in plants.MAGNITUDE_COLUMNS), "from", "below"),
    "protection": ("table", "of", "column", "suppressed", "coarser"),
}
QUALITY: Mapping[str, Sequence[str]] = {
    "records": ("property", "label", "records"),
    "lists": ("list", "rows", "holding", "superseded", "withdrawn", "late"),
    "classes": ("input", "data_class", "rows"),
    "missing": ("missing_quarters", "plants"),
    "coverage": ("quarter", "country", "reporting", "coverage_percent"),
    "shares": ("period", "measure", "countries", "measured_percent", "calculated_percent", "estimated_percent"),
    "set-aside": ("rule", "rows", *(f"what_{locale}" for locale in LOCALES)),
}
SAMPLES: Mapping[str, Sequence[str]] = {
    "strata": ("country", "size", "in_frame", "drawn", "weight"),
    "plants": ("code", "country", "size", "role", "place"),
}
INPUTS = ("file", "bytes", "sha256")


@dataclass(frozen=True)
class Kit:
    """What the folder is made of.

    Attributes:
        counting: What is counted.
        store: What the store holds, from `quality.read`.
        completions: Passes of modules that count, true.
        true: True results in plants, counted up to `counting.as_of` from what was recorded by then.
        people, public: What is published of people and of plants.
        states: Files of what was published.
        titles: Locale -> module -> its title.
        pseudonym: Makes codes under the programme's key.
        fingerprint: Of that key.
        seed: Of codes and sample.
        size: Plants in the sample.
        version: Of this software.
    """

    counting: Counting
    store: Store
    completions: int
    true: Outcomes
    people: PublicTally
    public: PublicOutcomes
    states: Sequence[Path]
    titles: Mapping[str, Mapping[str, str]]
    pseudonym: Pseudonym
    fingerprint: str
    seed: int
    size: int
    version: str

    @property
    def demonstration(self) -> bool:
        """Some of it is invented."""
        return self.true.demonstration or self.people.demonstration or self.public.demonstration

    @property
    def scope(self) -> tuple[InScope, ...]:
        """Plants in scope."""
        return plants.in_scope(self.counting.listed, self.counting.rows, self.counting.as_of)

    @property
    def sample(self) -> Sample:
        """What the seed draws."""
        return draw(frame(self.scope, self.true), self.size, self.pseudonym, self.seed)


def files(kit: Kit) -> dict[str, bytes]:
    """Return every file of the folder by its path, sorted."""
    drawn = kit.sample
    found = {
        **_microdata(kit),
        **{f"definitions/{name}": data for name, data in definitions.files(kit.counting.catalogue).items()},
        "dictionary.csv": definitions.dictionary(_columns()),
        **{f"queries/{name}": data for name, data in queries.files().items()},
        "queries/inputs.csv": table(INPUTS, queries.digests(kit.counting.folder, kit.states)),
        **_quality(kit),
        **_sample(kit, drawn),
        "provenance.json": _provenance(kit),
    }
    made = Report(kit.people, kit.public, kit.counting.catalogue, kit.titles, drawn, kit.seed)
    about = readme.About(kit.counting.as_of, kit.seed, kit.size, kit.version, duckdb.__version__, kit.demonstration)
    for locale in LOCALES:
        found[f"report/report-{locale}.md"] = report.text(made, locale).encode()
        found[f"README-{locale}.md"] = readme.text(about, locale).encode()
        found[f"queries/README-{locale}.md"] = readme.queries(about, locale).encode()
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(found.items()))
    return dict(sorted({**found, "SHA256SUMS": sums.encode()}.items()))


def supervised(kit: Kit, scratch: Path) -> dict[str, bytes]:
    """Return what stays with the programme: the statements with their values, and what opens the sample's codes.

    Arguments:
        kit: The kit.
        scratch: Empty folder of its own for what does not fit into memory.
    """
    opened = [(one.code, one.supplier, one.role, one.place) for one in kit.sample.plants]
    return {
        "run.sql": queries.script(kit.counting, scratch).encode(),
        "codes.csv": table(("code", "supplier", "role", "place"), opened),
    }


def _table(kit: Kit, columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    tail = (kit.counting.as_of, "true" if kit.demonstration else "false")
    return table((*columns, *_TAIL), ((*row, *tail) for row in rows))


def _microdata(kit: Kit) -> dict[str, bytes]:
    scope = kit.scope
    made = {
        "plants": plants.plants_table(scope, kit.pseudonym, kit.seed),
        "magnitudes": plants.magnitudes_table(scope, kit.true, kit.pseudonym, kit.seed),
    }
    rows: dict[str, Iterable[Row]] = {
        name: [[row[column] for column in found.columns] for row in found.rows] for name, found in made.items()
    }
    rows["protection"] = (row for name, found in made.items() for row in _protection(name, found))
    return {f"microdata/{name}.csv": _table(kit, MICRODATA[name], rows[name]) for name in MICRODATA}


def _protection(name: str, found: Table) -> Iterator[Row]:
    """What was left out and made coarser; where no row is left, less than five and none look alike."""
    for of, number in found.suppressed.items():
        there = any(row.get("measure", of) == of for row in found.rows)
        yield name, of, "", number if there or number >= LEAST else f"<{LEAST}", None
    for column, number in found.coarser.items():
        yield name, "", column, None, number


def _quality(kit: Kit) -> dict[str, bytes]:
    rows: dict[str, Iterable[Row]] = {
        "records": quality.records(kit.store, kit.completions),
        "lists": quality.lists(kit.store),
        "classes": quality.classes(kit.store),
        "missing": quality.missing(kit.store, plants.last_quarters(kit.counting.as_of)),
        "coverage": quality.coverage(kit.public),
        "shares": quality.shares(kit.public),
        "set-aside": quality.set_aside(kit.counting.folder),
    }
    return {f"quality/{name}.csv": _table(kit, QUALITY[name], rows[name]) for name in QUALITY}


def _sample(kit: Kit, drawn: Sample) -> dict[str, bytes]:
    quarters = plants.last_quarters(kit.counting.as_of)
    strata = (
        (*stratum, number, drawn.taken[stratum], round(number / drawn.taken[stratum], 4))
        for stratum, number in drawn.frame.items()
    )
    listed = ((one.code, *one.stratum, one.role, one.place) for one in drawn.plants)
    found = {
        "sample/strata.csv": _table(kit, SAMPLES["strata"], strata),
        "sample/plants.csv": _table(kit, SAMPLES["plants"], listed),
    }
    for locale in LOCALES:
        for one in drawn.plants:
            if one.role == SAMPLE:
                place = f"sample/{locale}/{one.code}"
                args = (one, kit.counting.catalogue, quarters, locale)
                found[f"{place}.csv"] = sheets.as_csv(*args, demonstration=kit.demonstration)
                found[f"{place}.xlsx"] = sheets.as_xlsx(*args, demonstration=kit.demonstration)
    return found


def _columns() -> dict[str, Sequence[str]]:
    """File -> its columns, for the data dictionary."""
    return {
        **{f"microdata/{name}.csv": (*columns, *_TAIL) for name, columns in MICRODATA.items()},
        **{f"definitions/{name}-*.csv": columns for name, columns in definitions.COLUMNS.items()},
        **{f"quality/{name}.csv": (*columns, *_TAIL) for name, columns in QUALITY.items()},
        **{f"sample/{name}.csv": (*columns, *_TAIL) for name, columns in SAMPLES.items()},
        "queries/inputs.csv": INPUTS,
    }


def _provenance(kit: Kit) -> bytes:
    counting = kit.counting
    said = {
        "software": f"greensupply {kit.version}",
        "duckdb": duckdb.__version__,
        "as_of": counting.as_of.isoformat(),
        "known_on": counting.as_of.isoformat(),
        "demonstration": kit.demonstration,
        "seed": kit.seed,
        "sample": kit.size,
        "key_fingerprint": kit.fingerprint,
        "published_people_as_of": kit.people.as_of.isoformat() if kit.people.as_of else None,
        "published_plants_as_of": kit.public.as_of.isoformat() if kit.public.as_of else None,
        "modules": dict(counting.modules),
        "core": list(counting.core),
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
