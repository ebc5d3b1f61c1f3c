"""The typed models of what authors write -> JSON Schemas, with which an editor completes, explains and underlines.

The models in `written`, `terms`, `toolbox`, `courses` and `catalogue` are the truth. What they do not say, because
only code checks it or nobody read it before, is said in `HINTS`. Source: JSON Schema draft-07, the newest that editors'
YAML support knows in full.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from greensupply.catalogue import FactorsFile, MetricsFile, RatesFile
from greensupply.courses import CourseFacts
from greensupply.terms import TermsFile
from greensupply.toolbox import ToolsFile
from greensupply.written import PROCESSES, ModuleFacts, PageFacts, PathwaysFile, SourcesFile, TextFacts

DIALECT = "http://json-schema.org/draft-07/schema#"
FILES: Mapping[str, tuple[type[BaseModel], str]] = MappingProxyType(
    {
        "module.json": (ModuleFacts, "module.yml of a module"),
        "module-text.json": (TextFacts, "Front matter of en.md, es.md, fr.md of a module"),
        "page.json": (PageFacts, "Front matter of a page of content/"),
        "pathways.json": (PathwaysFile, "modules/pathways.yml"),
        "sources.json": (SourcesFile, "modules/sources.yml"),
        "terms.json": (TermsFile, "modules/terms.yml"),
        "tools.json": (ToolsFile, "content/tools.yml: the tools library"),
        "course.json": (CourseFacts, "modules/courses/<id>.yml: a course that is held on site"),
        "metrics.json": (MetricsFile, "records/metrics.yml: what is measured in plants"),
        "factors.json": (FactorsFile, "records/factors.yml: greenhouse gases and heat of energy, by place and year"),
        "rates.json": (RatesFile, "records/rates.yml: rates of currencies, by year"),
    }
)
"""Name of a schema -> the model that it says, and what it is for."""

HINTS: Mapping[str, Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "ModuleFacts": {
            "id": {"examples": ["water-efficiency"]},
            "revision": {"examples": [1]},
            "audience": {"minItems": 1, "examples": [["supplier"], ["supplier", "trainer"]]},
            "level": {"examples": ["introductory"]},
            "minutes": {"examples": [45]},
            "prerequisites": {"examples": [["p2-into-lean"]]},
            "topics": {"minItems": 1, "examples": [["rinsing", "energy"]]},
            "pass_mark": {"examples": [0.8]},
            "reviewed": {"examples": ["2026-11-24"]},
            "sources": {"minItems": 1, "examples": [["LEAN-01", "WAT-06"]]},
        },
        "TextFacts": {
            "title": {"examples": ["Water efficiency and rinsing"]},
            "summary": {"examples": ["How a plating line uses half of the water, with the same parts."]},
            "objectives": {"minItems": 1, "examples": [["Draw a water balance and find the unaccounted water."]]},
        },
        "PageFacts": {"title": {"examples": ["Privacy"]}},
        "Trilingual": {
            "en": {"description": "The text in English."},
            "es": {"description": "The text in Mexican Spanish."},
            "fr": {"description": "The text in Canadian French."},
        },
        "PathwaysFile": {
            "pathways": {"description": "The pathways, in the order in which they are shown.", "minItems": 1}
        },
        "PathwayFacts": {
            "id": {"description": "Name in addresses; never changes.", "examples": ["supplier"]},
            "audience": {"description": "Who it is for."},
            "title": {"description": "Title in the three languages."},
            "summary": {"description": "One or two sentences in the three languages, at most 300 characters each."},
            "modules": {
                "description": "Ids of the modules that it needs, in the order in which they are taken.",
                "minItems": 1,
                "examples": [["p2-into-lean", "environmental-management-systems"]],
            },
        },
        "PartFacts": {
            "module": {"description": "Id of the module.", "examples": ["metrics-and-reporting"]},
        },
        "ElectiveFacts": {
            "module": {"description": "Id of the module.", "examples": ["water-efficiency"]},
            "processes": {
                "minItems": 1,
                "uniqueItems": True,
                "or": {"const": "all", "description": f"Every plant: {', '.join(PROCESSES)}."},
                "examples": [["plating", "cleaning"], "all"],
            },
        },
        "SourcesFile": {
            "sources": {"description": "Works that facts come from, by a short key that facts name."},
            "facts": {"description": "Facts by their id, which modules name under `sources`; such as LEAN-01."},
        },
        "SourceFacts": {
            "title": {"description": "Title in its own language (then `lang` says which), or in all three."},
            "lang": {"description": "Language of a title that is written once."},
            "publisher": {"description": "Who published it; in all three languages where the name has a translation."},
            "year": {"description": "Year or years, in quotes.", "examples": ["2006", "2011-2012"]},
            "url": {"description": "Address that begins with https:// or http://."},
        },
        "FactFacts": {
            "sources": {"description": "Keys of the works it rests on.", "minItems": 1, "examples": [["LETK"]]},
            "checked": {"description": "Day it was last checked.", "examples": ["2026-11-24"]},
            "confidence": {
                "description": "seen: read in the source; known: well established, the source is where to look."
            },
        },
        "Wording": {
            "term": {"examples": ["pollution prevention"]},
            "abbr": {"examples": ["P2"]},
            "forms": {"examples": [["value stream maps"]]},
        },
        "Term": {"id": {"examples": ["pollution-prevention"]}},
        "ToolFacts": {
            "id": {"examples": ["lean-water-toolkit"]},
            "countries": {"minItems": 1, "uniqueItems": True, "examples": [["US"], ["MX", "CA", "US"], ["INT"]]},
            "languages": {"minItems": 1, "uniqueItems": True, "examples": [["en"]]},
            "modules": {"minItems": 1, "uniqueItems": True, "examples": [["water-efficiency"]]},
            "checked": {"examples": ["2026-11-26"]},
            "facts": {"minItems": 1, "uniqueItems": True, "examples": [["WAT-01", "WAT-02"]]},
        },
        "CourseFacts": {
            "id": {"examples": ["train-the-trainer"]},
            "countries": {"examples": [["MX", "CA", "US"]]},
            "languages": {"examples": [["es", "en", "fr"]]},
            "start": {"examples": ["08:30"]},
            "title": {"description": "Title in the three languages."},
            "summary": {"description": "One or two sentences in the three languages, at most 300 characters each."},
        },
        "SessionFacts": {"module": {"examples": ["train-the-trainer"]}, "section": {"examples": ["how-adults-learn"]}},
        "Metric": {"id": {"examples": ["E1"]}, "classes": {"examples": [["M", "C", "E"]]}},
        "Formula": {"of": {"examples": [["scope-1", "scope-2"]]}, "by": {"examples": [["output"]]}},
        "Addition": {"factor": {"examples": ["grid"]}},
        "Input": {"id": {"examples": ["natural-gas"]}, "units": {"minItems": 1, "examples": [["kWh", "MWh", "GJ"]]}},
        "Factor": {
            "name": {"examples": ["grid"]},
            "place": {"examples": ["MX", "CA-QC"]},
            "value": {"examples": [0.444]},
            "unit": {"examples": ["kg CO2e"]},
            "per": {"examples": ["kWh"]},
            "fact": {"examples": ["MET-30"]},
        },
        "Rate": {"value": {"examples": [0.72]}, "listed": {"examples": ["2027-01-15"]}},
        "SheetFacts": {
            "id": {"examples": ["level-1-reaction"]},
            "title": {"description": "Title in the three languages."},
        },
    }
)
"""Model -> field -> keywords to add; `or` names another form that the value may have."""


def files() -> dict[str, str]:
    """Return the JSON text of each schema by its file name."""
    return {name: json.dumps(_schema(*said), ensure_ascii=False, indent=2) + "\n" for name, said in FILES.items()}


class _Plain(GenerateJsonSchema):
    """Without titles made of field names, which would hide the descriptions."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 (pydantic's signature)
        """No field has one."""
        return False


def _schema(model: type[BaseModel], title: str) -> dict[str, Any]:
    made = model.model_json_schema(ref_template="#/definitions/{model}", schema_generator=_Plain)
    definitions = made.pop("$defs", {})
    for name, node in ((model.__name__, made), *definitions.items()):
        node.pop("title", None)
        node["properties"] = {
            key: _hinted(value, HINTS.get(name, {}).get(key, {})) for key, value in node["properties"].items()
        }
    schema = {"$schema": DIALECT, "title": title, **made}
    return {**schema, "definitions": definitions} if definitions else schema


def _hinted(node: dict[str, Any], hint: Mapping[str, Any]) -> dict[str, Any]:
    said = {key: value for key, value in hint.items() if key not in ("or", "minItems", "uniqueItems")}
    form = {**node, **{key: hint[key] for key in ("minItems", "uniqueItems") if key in hint}}
    if "patternProperties" in form:  # keys of another form are not just passed over
        form["additionalProperties"] = False
    if "$ref" in form and len(form) + len(said) > 1:  # draft-07 passes over what stands beside a `$ref`
        form = {"allOf": [{"$ref": form.pop("$ref")}], **form}
    if "or" in hint:
        said["description"] = form.pop("description", "")
        form = {"anyOf": [form, hint["or"]]}
    return {**form, **said}
