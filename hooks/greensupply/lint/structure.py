"""Has a translation the headings, images, tables, links and lists of its source?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from greensupply import prose, rules
from greensupply.errors import Problem
from greensupply.lint import alignment, beside, tables
from greensupply.lint.beside import Beside, Part

_HOST = re.compile(r"https?://(?:www\.)?([^/?#]+)", re.IGNORECASE)
_LANGUAGE_OF_ADDRESS = re.compile(
    r"(?:^|[/=._-])(?:en|es|fr|eng|esp|spa|fra|fre|english|espanol|spanish|francais|french)(?:[-_][a-z]{2})?(?=$|[/&._-])",
    re.IGNORECASE,
)


def problems(translation: Beside) -> Iterator[Problem]:
    """Where a translation has another structure than its source."""
    if not translation.behind:
        yield from _headings(beside.parts(translation.source), beside.parts(translation.text))
    for there, here in translation.parts:
        yield from _tables(there, here)
        yield from _links(there, here)
        yield from _lists(there, here)


def _headings(theirs: Sequence[Part], ours: Sequence[Part]) -> Iterator[Problem]:
    """The first heading that differs; of what follows it, a part is often only its consequence."""
    there, here = ([part for part in parts if part.level] for parts in (theirs, ours))
    if [part.level for part in there] == [part.level for part in here]:
        return
    at_there = at_here = 0
    for a, b in (*alignment.pairs(there, here), (len(there), len(here))):
        if (a, b) != (at_there, at_here):
            break
        at_there, at_here = a + 1, b + 1
    missing, added = there[at_there:a], here[at_here:b]
    if missing and added:
        values = {"here": _heading(added[0]), "there": _heading(missing[0]), "source_line": str(missing[0].line)}
        yield rules.problem("heading-level-differs", added[0].path, added[0].line, 1, **values)
    elif missing:
        before = here[at_here - 1] if at_here else [part for part in ours if not part.level][-1]
        line = before.line + before.written.rstrip("\n").count("\n")
        values = {"there": _heading(missing[0]), "source_line": str(missing[0].line)}
        yield rules.problem("heading-missing", before.path, line, **values)
    else:
        yield rules.problem("heading-added", added[0].path, added[0].line, 1, here=_heading(added[0]))


def _heading(part: Part) -> str:
    return f"{'#' * part.level} {part.heading}"


def _tables(there: Part, here: Part) -> Iterator[Problem]:
    theirs, ours = (list(tables.of(part.written, part.line)) for part in (there, here))
    if len(theirs) != len(ours):
        line = str(theirs[0].line if theirs else there.line)
        counts = {"here": len(ours), "there": len(theirs)}
        yield rules.problem("tables-differ", here.path, ours[0].line if ours else here.line, **counts, source_line=line)
        return
    for table, other in zip(ours, theirs, strict=True):
        if (table.rows, len(table.heads)) != (other.rows, len(other.heads)):
            values = {
                "rows": table.rows,
                "columns": len(table.heads),
                "rows_there": other.rows,
                "columns_there": len(other.heads),
            }
            yield rules.problem("table-size-differs", here.path, table.line, 1, **values, source_line=str(other.line))


def _links(there: Part, here: Part) -> Iterator[Problem]:
    theirs, ours = _links_of(there), _links_of(here)
    missing, added = _without(theirs, ours, _same), _without(ours, theirs, _same)
    if any(map(_has_language, (*missing, *added))):
        missing, added = _without(missing, added, _site), _without(added, missing, _site)
    for link in missing:
        kind = "image-missing" if link.image else "link-missing"
        kind = "outside-link-missing" if prose.scheme(link.target) else kind
        line = beside.line_of(link.line, there, here)
        yield rules.problem(kind, here.path, line, target=link.target, source_line=str(link.line))
    for link in added:
        kind = "image-added" if link.image else "link-added"
        yield rules.problem(kind, here.path, link.line, link.column, target=link.target, source_line=str(there.line))


def _links_of(part: Part) -> list[prose.Link]:
    return sorted(prose.links(part.written, part.line), key=lambda link: (link.line, link.column))


def _without(
    links: Sequence[prose.Link], others: Sequence[prose.Link], name: Callable[[prose.Link], object]
) -> list[prose.Link]:
    """The links that have no partner of the same name among `others`."""
    left, found = Counter(map(name, others)), []
    for link in links:
        if left[name(link)]:
            left[name(link)] -= 1
        else:
            found.append(link)
    return found


def _same(link: prose.Link) -> object:
    """What a link shares with its translation."""
    return link.image, link.target if prose.scheme(link.target) else beside.neutral(link.target)


def _site(link: prose.Link) -> object:
    """The same, where another site has a page for each language: any address there."""
    host = _HOST.match(link.target)
    return host[1].lower() if host else _same(link)


def _has_language(link: prose.Link) -> bool:
    return bool(prose.scheme(link.target) and _LANGUAGE_OF_ADDRESS.search(link.target))


def _lists(there: Part, here: Part) -> Iterator[Problem]:
    theirs, ours = (
        [passage for passage in part.passages if passage.kind in {"item", "keypoint", "step"}] for part in (there, here)
    )
    if len(theirs) != len(ours):
        place = ours[0] if ours else here
        line = str((theirs[0] if theirs else there).line)
        yield rules.problem(
            "list-items-differ", here.path, place.line, here=len(ours), there=len(theirs), source_line=line
        )
