"""The printed kit of a customer that invites its suppliers: a flyer of one page, the letter, questions with answers.

`document` gives HTML that loads nothing, in the frame of the handouts. The figures are those that are published
already; nothing rawer comes here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup, escape

from greensupply import engage, handouts
from greensupply.addresses import Site
from greensupply.handouts import frame
from greensupply.invitations.figures import Figures, figures
from greensupply.locales import LANGUAGE_TAGS
from greensupply.locales import words as site_words
from greensupply.model import Library
from greensupply.published import PublicTally
from greensupply.published_outcomes import PublicOutcomes

KINDS = ("flyer", "letter", "questions")
LONGEST_CUSTOMER = 80
"""Characters of a customer's name that fit on the flyer."""
_STYLE = """
h1 { margin-bottom: 3.5mm; font-size: 19pt; }
h2 { margin: 5mm 0 2mm; font-size: 13pt; }
.fill { padding: 0 1.5mm; border-bottom: .3mm dotted #000; }
.letter { font-size: 10pt; line-height: 1.36; }
.letter p { margin-bottom: 2.6mm; }
.letter .signatures { margin-top: 13mm; line-height: 1.7; }
.answers dt { margin-top: 3.6mm; font-weight: 700; color: #1f4f3e; break-after: avoid; }
.answers dd { margin: .8mm 0 0; break-inside: avoid; }
.flyer { font-size: 10pt; line-height: 1.32; }
.flyer h2 { margin: 3.6mm 0 1.6mm; font-size: 12.5pt; }
.flyer li { margin-bottom: .6mm; }
.flyer .lead { font-size: 11.5pt; }
.flyer .lead { margin-bottom: 3mm; }
.invited { margin: 0 0 3mm; padding: 2.4mm 4mm; border: .6mm solid #1f4f3e; font-size: 13pt; }
.invited strong, .contact strong { margin-right: 2mm; }
.invited .blank { min-width: 95mm; }
.contact .blank { min-width: 95mm; }
.columns { display: flex; gap: 7mm; }
.columns .column { flex: 1 1 0; }
.columns .column:first-child { flex-grow: 1.35; }
.columns h2 { margin-top: 1.5mm; }
.tiles { display: flex; flex-wrap: wrap; gap: 2.4mm; margin: 0 0 2mm; padding: 0; list-style: none; }
.tiles li { flex: 1 1 50mm; margin: 0; padding: 1.4mm 3mm 1.2mm; border: .3mm solid #777;
  border-top: 1.2mm solid #1f4f3e; font-size: 9pt; line-height: 1.25; }
.tiles strong { font-size: 18pt; line-height: 1.15; color: #1f4f3e; }
.tiles strong::after { content: "\\A"; white-space: pre; }
.invented { margin-bottom: 2mm; padding: 1.2mm 3mm; border: .6mm dashed #000; font-weight: 700; }
.as-of { margin-bottom: 0; font-size: 8.5pt; color: #333; }
.contact { margin: 3.4mm 0 0; }
"""


@dataclass(frozen=True)
class Options:
    """How a kit is made.

    Attributes:
        locale: Its language.
        customer: Name of who invites; a place to write it if empty.
        site: How addresses of the hub are written.
        day: Day it is made, for the properties of the files.
    """

    locale: str
    customer: str = ""
    site: Site = field(default_factory=Site)
    day: date | None = None


def name(kind: str, locale: str, paper: str) -> str:
    """File of the kit without its suffix: `invitation-flyer-es-a4`."""
    return f"invitation-{kind}-{locale}-{paper}"


def document(
    kind: str, library: Library, tally: PublicTally, outcomes: PublicOutcomes, options: Options, paper: str
) -> str:
    """Return one paper of the kit as a whole HTML document.

    Arguments:
        kind: One of `KINDS`.
        library: Holds the pathway that suppliers are invited to.
        tally: What was published of people; empty if nothing was.
        outcomes: What was published of plants; empty if nothing was.
        options: How the kit is made.
        paper: One of `handouts.PAPERS`.
    """
    say, locale = engage.words(options.locale), options.locale
    made = {"flyer": _flyer, "letter": _letter, "questions": _questions}[kind]
    parts = "\n".join(made(library, figures(tally, outcomes, locale), options))
    title = say["letter"]["subject"] if kind == "letter" else say[kind]["title"]
    over = say["flyer"]["kind"]
    if kind != "flyer":
        over = options.customer or (say["customer"] if kind == "letter" else site_words(locale)["site"]["name"])
    return _document(title, over, f'<div class="{kind}">\n{parts}\n</div>', options, paper)


def _flyer(library: Library, shown: Figures, options: Options) -> Iterator[str]:
    say, locale = engage.words(options.locale)["flyer"], options.locale
    filled = {
        "time": engage.study_time(library, locale),
        "address": engage.begin(library, locale, options.site),
    }
    yield f'<p class="lead">{escape(say["lead"])}</p>'
    who = escape(options.customer) if options.customer else Markup('<span class="blank"></span>')
    yield f'<p class="invited"><strong>{escape(say["invited"])}</strong> {who}</p>'
    columns = "\n".join(
        f'<div class="column"><h2>{escape(say[f"{part}_title"])}</h2>\n{_list(say[part], filled)}</div>'
        for part in ("gets", "promises")
    )
    yield f'<div class="columns">\n{columns}\n</div>'
    yield f"<h2>{escape(say['figures_title'])}</h2>"
    if shown.demonstration:
        yield f'<p class="invented">{escape(say["demonstration"])}</p>'
    if shown.tiles:
        tiles = "".join(f"<li><strong>{escape(each.value)}</strong>{escape(each.label)}</li>" for each in shown.tiles)
        more = say["more"].format(address=options.site.url + options.site.page(locale, "results"))
        said = f"{shown.as_of} {more}" if options.site.url else shown.as_of
        yield f'<ul class="tiles">{tiles}</ul>\n<p class="as-of">{escape(said)}</p>'
    else:
        yield f"<p>{escape(say['figures_none'])}</p>"
    yield f"<h2>{escape(say['steps_title'])}</h2>\n{_list(say['steps'], filled, 'ol')}"
    yield f'<p class="contact"><strong>{escape(say["contact"])}</strong> <span class="blank"></span></p>'


def _letter(library: Library, shown: Figures, options: Options) -> Iterator[str]:  # noqa: ARG001 - as its siblings
    yield str(engage.letter(library, options.locale, options.site, options.customer, titled=False))


def _questions(library: Library, shown: Figures, options: Options) -> Iterator[str]:  # noqa: ARG001 - as its siblings
    yield f'<p class="lead">{escape(engage.words(options.locale)["questions"]["lead"])}</p>'
    pairs = engage.questions(library, options.locale, options.site)
    entries = "\n".join(Markup("<dt>{}</dt>\n<dd>{}</dd>").format(*each) for each in pairs)
    yield f'<dl class="answers">\n{entries}\n</dl>'


def _list(sentences: Sequence[str], filled: dict[str, str], tag: str = "ul") -> str:
    items = "".join(f"<li>{escape(each.format(**filled))}</li>" for each in sentences)
    return f"<{tag}>{items}</{tag}>"


def _document(title: str, over: str, body: str, options: Options, paper: str) -> str:
    """One document that loads nothing, in the frame of the handouts."""
    hub, locale = site_words(options.locale)["site"]["name"], options.locale
    page_number = handouts.words(locale)["page_number"]
    look = frame.style(hub, "", f"CC BY 4.0 · {hub}", handouts.PAPERS[paper], page_number) + _STYLE
    dates = (f'<meta name="dcterms.{name}" content="{options.day}">\n' for name in ("created", "modified"))
    dated = "".join(dates) if options.day else ""
    return (
        f'<!doctype html>\n<html lang="{LANGUAGE_TAGS[locale]}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n"
        f'<meta name="author" content="{escape(hub)}">\n'
        f'<meta name="description" content="{escape(over)}">\n'
        f"{dated}<style>\n{look}\n</style>\n</head>\n<body>\n"
        f'<p class="kind">{escape(over)}</p>\n<h1>{escape(title)}</h1>\n{body}\n</body>\n</html>\n'
    )
