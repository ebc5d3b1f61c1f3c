"""What every figure of the results has around it: heading and finding, notes, its table, and the file to take away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import escape

from greensupply.charts import Caption
from greensupply.results_page.closing import counted_link
from greensupply.results_page.results import Definition
from greensupply.results_page.wording import Wording


def panel(words: Wording, caption: Caption, parts: Iterable[str], file: str) -> str:
    """One figure.

    Arguments:
        words: The page's language.
        caption: Its heading and finding.
        parts: Chart, notes and table as HTML, in order; empty ones are left out.
        file: Address of the file that holds its numbers.
    """
    download = words.say["download"].format(title=caption.title)
    finding = f"\n<p>{escape(caption.finding)}</p>" if caption.finding else ""
    head = (
        f'<figure class="gs-figure" data-search-exclude>\n<figcaption>\n'
        f'<h3 id="{caption.id}">{escape(caption.title)}</h3>{finding}\n</figcaption>'
    )
    last = f'<p class="gs-file"><a href="{file}" download>{escape(download)}</a></p>\n</figure>'
    return "\n".join(part for part in (head, *parts, last) if part)


def note(*sentences: str) -> str:
    """A paragraph in small type; empty where there is nothing to say."""
    return f'<p class="gs-note">{escape(" ".join(sentences))}</p>' if sentences else ""


def links(definitions: Sequence[Definition], identifiers: Iterable[str], words: Wording) -> str:
    """The codes of a figure, each as a link to how it is counted."""
    known = (counted_link(definitions, name, words) for name in identifiers)
    codes = ", ".join(link for link in known if link)
    return f'<p class="gs-note">{words.say["counted_links"].format(codes=codes)}</p>' if codes else ""


def table(words: Wording, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The numbers of a figure, to be opened; empty where there are none."""
    if not rows:
        return ""
    return f"<details>\n<summary>{escape(words.say['table'])}</summary>\n{bare(head, rows)}\n</details>"


def bare(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of which the first cell of each row names it."""
    names = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    lines = "".join(
        f'<tr><th scope="row">{escape(first)}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in rest) + "</tr>"
        for first, *rest in rows
    )
    return f"<table><thead><tr>{names}</tr></thead><tbody>{lines}</tbody></table>"
