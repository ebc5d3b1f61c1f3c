"""A module or a pathway -> one zip that an LMS can take.

A pathway is one package with one SCO (AU, activity) for each of its modules, each in a folder of its own: an LMS then
keeps status, score and answers of every module apart, as the standards want it. A module's page lies at the root.

Another standard is one more file here with a `Format`, named in `FORMATS`; see `course` for what it gets and gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from greensupply.errors import GreenSupplyError, Problem
from greensupply.locales import LOCALES
from greensupply.model import Library
from greensupply.offline.archive import zipped
from greensupply.packages import cmi5, page, scorm12, scorm2004, xapi
from greensupply.packages.course import Course, Format, Unit

FORMATS = {each.FORMAT.name: each.FORMAT for each in (scorm12, scorm2004, cmi5, xapi)}
START = "index.html"


def build(library: Library, name: str, *, format: str, locales: Sequence[str], url: str = "") -> bytes:
    """Return the zip's bytes; the same library gives the same bytes.

    Arguments:
        library: Holds `name`.
        name: Id of a module or, where no module has it, of a pathway.
        format: One of `FORMATS`.
        locales: Languages that the package holds.
        url: Address of the hub's root with a slash at its end, for links to what is not in the package; empty if
            unknown, and then such links are plain words; `from_address` formats need it.

    Raises:
        GreenSupplyError: A text is missing, a module has more questions than an LMS keeps answers of, or the address
            is unknown where ids are made from it.
    """
    return zipped(files(library, name, format=format, locales=locales, url=url))


def files(library: Library, name: str, *, format: str, locales: Sequence[str], url: str = "") -> dict[str, bytes]:
    """Return every file of the package by its path, sorted; arguments and errors as those of `build`."""
    standard = FORMATS[format]
    chosen = tuple(locale for locale in LOCALES if locale in locales)
    modules = modules_of(library, name)
    wrong = [problem for module in modules for problem in _problems(library, module, chosen, standard)]
    if standard.from_address and not url:
        what = f"needs an id that lasts, which a package for {standard.name} has from the hub's address; it is unknown."
        how = "Name the address with --site-url, or as `site_url` in mkdocs.yml."
        wrong += [Problem(library.modules[module].path, 1, what, how) for module in modules]
    if wrong:
        raise GreenSupplyError(wrong)
    shared = page.shared(standard.script)
    found = dict(shared)
    units = []
    for module in modules:
        folder = "" if name in library.modules else f"{module}/"
        html, used = page.page(library, module, chosen, standard, url=url, root="../" if folder else "")
        own = {f"{folder}{START}": html.encode()}
        own |= {f"{folder}{path}": Path(file).read_bytes() for path, file in used.items()}
        found |= own
        units.append(_unit(library, module, chosen, f"{folder}{START}", tuple(sorted(own))))
    course = _course(library, name, chosen, tuple(units), tuple(sorted(shared)), url)
    return dict(sorted({**found, **standard.files(course)}.items()))


def modules_of(library: Library, name: str) -> tuple[str, ...]:
    """Ids of the modules of a package by its name; empty where nothing has that name."""
    if name in library.modules:
        return (name,)
    return next((pathway.modules for pathway in library.pathways if pathway.id == name), ())


def _unit(library: Library, module: str, locales: tuple[str, ...], start: str, paths: tuple[str, ...]) -> Unit:
    shown = library.modules[module]
    facts = {locale: shown.texts[locale].facts for locale in locales}
    return Unit(
        id=module,
        titles={locale: text.title for locale, text in facts.items()},
        summaries={locale: text.summary for locale, text in facts.items()},
        pass_mark=shown.facts.pass_mark,
        minutes=shown.facts.minutes,
        revision=shown.facts.revision,
        start=start,
        files=paths,
    )


def _course(
    library: Library, name: str, locales: tuple[str, ...], units: tuple[Unit, ...], shared: tuple[str, ...], url: str
) -> Course:
    if name in library.modules:
        return Course(name, "modules", units[0].titles, units[0].summaries, locales, units, shared, url)
    facts = next(pathway for pathway in library.pathways if pathway.id == name)
    titles = {locale: facts.title[locale] for locale in locales}
    summaries = {locale: facts.summary[locale] for locale in locales}
    return Course(name, "pathways", titles, summaries, locales, units, shared, url)


def _problems(library: Library, module: str, locales: Sequence[str], standard: Format) -> Iterator[Problem]:
    shown = library.modules[module]
    for locale in locales:
        if locale not in shown.texts:
            path = f"{Path(shown.path).parent.as_posix()}/{locale}.md"
            how = "Translate the module, or make the package in another language."
            yield Problem(path, 1, "does not exist, so no package can hold it.", how)
            continue
        count = len(shown.texts[locale].questions)
        if count > standard.most_questions:
            what = f"has {count} questions; an LMS with {standard.name} keeps the answers of {standard.most_questions}."
            how = "Make two modules of it, or choose another format."
            yield Problem(shown.texts[locale].path, 1, what, how)
