"""The templates of the components."""

from __future__ import annotations

from greensupply import components
from jinja2 import Environment


def test_nothing_is_compiled_any_more_once_the_templates_are_prepared(monkeypatch):
    components._environment.cache_clear()
    compiled = []
    plain = Environment.compile
    monkeypatch.setattr(
        Environment,
        "compile",
        lambda self, source, name, *rest: compiled.append(name) or plain(self, source, name, *rest),
    )
    components.prepare()
    told = set(compiled)
    compiled.clear()
    for file in components.FOLDER.rglob("*.html"):
        components._environment().get_template(file.relative_to(components.FOLDER).as_posix())

    assert {"quiz-question/template.html", "shared/sheet.html"} < told
    assert compiled == []
