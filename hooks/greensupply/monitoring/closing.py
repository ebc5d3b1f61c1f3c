"""The end of the monitoring pages: how plants are protected, what is missing, and how to trace a figure."""

from __future__ import annotations

from markupsafe import Markup, escape

from greensupply.charts import coded
from greensupply.monitoring.wording import Words
from greensupply.outcome_disclosure import LEAST_FOR_INTENSITY, LEAST_FOR_MEDIAN
from greensupply.outcome_disclosure.safety import DIGITS, LEAST, STEP
from greensupply.published import CEILING, FLOOR, LEAST_FOR_PERCENT

_NAMES = {
    "file": "published-outcomes.json",
    "folder": "hooks/greensupply/outcomes/",
    "catalogue": "records/metrics.yml",
}


def protected(words: Words) -> str:
    """The rule of disclosure control in plain words, with its numbers as the gate has them."""
    say = words.say
    numbers = {
        "least": words.count(LEAST),
        "step": words.count(STEP),
        "digits": words.count(DIGITS),
        "percent": words.count(LEAST_FOR_PERCENT),
        "intensity": words.count(LEAST_FOR_INTENSITY),
        "median": words.count(LEAST_FOR_MEDIAN),
        "floor": coded(FLOOR, words.locale),
        "ceiling": coded(CEILING, words.locale),
    }
    rules = [escape(rule.format(**numbers)) for rule in say["protection_of_plants"].values()]
    return f"## {say['protected_plants']}\n\n<p>{escape(say['protected_plants_text'])}</p>\n\n{items(rules, 'ul')}"


def missing(words: Words) -> str:
    """What these figures cannot tell."""
    say = words.say
    gaps = [escape(gap) for gap in say["plant_gaps"].values()]
    return f"## {say['missing']}\n\n<p>{escape(say['plant_gaps_text'])}</p>\n\n{items(gaps, 'ul')}"


def trace(words: Words) -> str:
    """The way from a figure back to the records, for evaluators."""
    say = words.say
    marked = {name: Markup("<code>{}</code>").format(value) for name, value in _NAMES.items()}
    steps = [escape(step).format(**marked) for step in say["tracing_plants"].values()]
    return f"## {say['trace']}\n\n<p>{escape(say['trace_text'])}</p>\n\n{items(steps, 'ol')}"


def items(found: list[Markup], tag: str) -> str:
    """A list."""
    return f"<{tag}>\n" + "\n".join(f"<li>{item}</li>" for item in found) + f"\n</{tag}>"
