"""HTML of a page of the hub -> the same for paper: addresses that can be read, pictures within, blanks to write on."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import unquote

from lxml import html

from greensupply import prose
from greensupply.addresses import Site, from_page

FONT = "Liberation Sans, DejaVu Sans, Arial, sans-serif"
"""Liberation Sans is as wide as Arial; DejaVu Sans has the signs that it lacks. Both are free and in every Linux."""
SHORT = 12
"""Rows of a table that is moved to the next page rather than cut."""
LINE = 100
"""Characters of a line of text, about."""
NARROW, LEAST, MOST = 4, 9, 14
"""Shares of the width of a table to write in: of a column with a head of one or two letters, of any other one."""
BAR_STYLE = (
    "<style>line{stroke-width:32}line.gs-bar-active{stroke:#1f4f3e}line.gs-bar-other{stroke:#d9d9d9}"
    "line.gs-bar-break{stroke:#fff}line.gs-bar-edge{stroke:#fff;stroke-width:2}"
    f"text{{stroke:none;fill:#000;font-family:{FONT};font-size:11px;font-weight:700}}"
    "text.gs-bar-active{fill:#fff}</style>"
)

_BLANK = re.compile(r"_{3,}")
_SVG_FONT = re.compile(r"font-family=\"[^\"]*\"")
_BAR = re.compile(r"(<svg class=\"gs-bar\"[^>]*)(>.*?</desc>)", re.DOTALL)


class Finish:
    """Makes the HTML of one document ready for paper.

    Attributes:
        headings: After `body`: id and words of each heading of the second level, for the contents.
    """

    def __init__(self, place: str, locale: str, site: Site, assets: Mapping[str, str]) -> None:
        """Take where the page lies below a language's home, and the files of modules: site path -> path on disk."""
        self.place, self.locale, self.site, self.assets = place, locale, site, assets
        self.headings: list[tuple[str, str]] = []

    def body(self, text: str) -> str:
        """Return the HTML of a page's text for paper."""
        root = html.fragment_fromstring(text, create_parent="div")
        steps: tuple[tuple[str, Callable[[html.HtmlElement], None]], ...] = (
            ("a", self._link),
            ("img", self._image),
            ("table", _table),
            ("dl", _listed),
            ("li", _one_body),
            ("h2", self._heading),
        )
        for tag, step in steps:
            for element in list(root.iter(tag)):
                step(element)
        for paragraph in root.iter("p"):
            _kept(paragraph)
        for element in root.iter():
            _blanks(element)
        written = str(html.tostring(root, encoding="unicode"))
        return _BAR.sub(lambda found: f'{found[1]} width="100%" height="36"{found[2]}{BAR_STYLE}', written)

    def _link(self, link: html.HtmlElement) -> None:
        address = link.get("href", "")
        if not address or address.startswith("#"):
            return
        if not prose.scheme(address):
            goal = from_page(address, self.place, self.locale, self.site)
            if not self.site.url:
                _without_address(link)
                return
            address = self.site.url + goal
        link.set("href", address)
        shown = unquote(re.sub(r"^(https?://(www\.)?|mailto:)", "", address)).rstrip("/")
        if shown not in (link.text_content() or ""):
            after = html.Element("span")
            after.set("class", "address")
            after.text = f" ({shown})"
            link.append(after)

    def _image(self, image: html.HtmlElement) -> None:
        """A picture goes into the document, so that it needs no file beside it; its words take the document's font."""
        file = self.assets.get(from_page(image.get("src", ""), self.place, self.locale, self.site), "")
        if not file:
            return
        data, kind = Path(file).read_bytes(), Path(file).suffix.lstrip(".").lower()
        if kind == "svg":
            data = _SVG_FONT.sub(f'font-family="{FONT}"', data.decode("utf-8")).encode()
        media = {"svg": "svg+xml", "jpg": "jpeg"}.get(kind, kind)
        image.set("src", f"data:image/{media};base64,{base64.b64encode(data).decode()}")
        for name in ("loading", "decoding", "width", "height"):
            image.attrib.pop(name, None)

    def _heading(self, heading: html.HtmlElement) -> None:
        words = " ".join((heading.text_content() or "").split())
        if not heading.get("id"):
            heading.set("id", f"section-{len(self.headings) + 1}")
        self.headings.append((heading.get("id", ""), words))


def _without_address(link: html.HtmlElement) -> None:
    """A link whose address is not known becomes its words; a line that is nothing but the link goes."""
    line = link.getparent()
    if line.tag == "p" and not link.get("class") and line.text_content() == link.text_content():
        line.drop_tree()
    else:
        link.drop_tag()


def _table(table: html.HtmlElement) -> None:
    """Heads say what they head, short tables stay whole, and empty cells are high enough to write in."""
    rows, cells = list(table.iter("tr")), list(table.iter("td"))
    for head in table.iter("th"):
        if not head.get("scope"):
            head.set("scope", "col" if head.getparent().getparent().tag == "thead" else "row")
    for row in rows:
        if len(row) and not (row.text_content() or "").strip():
            row.set("class", "open")
    empty = sum(1 for cell in cells if not (cell.text_content() or "").strip() and not len(cell))
    columns = max((len(row) for row in rows), default=0)
    marks = {
        "short": len(rows) <= SHORT,
        "form": bool(cells) and empty * 5 >= len(cells) * 2,
        "wide": columns >= 6,
    }
    if marks["form"] and any(row.get("class") == "open" for row in rows):
        marks["fixed"] = _shared_out(rows[0])
    names = [table.get("class", ""), *(name for name, there in marks.items() if there)]
    table.set("class", " ".join(filter(None, names)))


def _shared_out(heads: html.HtmlElement) -> bool:
    """Columns that are all to be written in get room by their heads: little below one or two letters, else enough."""
    sizes = [len((head.text_content() or "").strip()) for head in heads]
    weights = [NARROW if size <= 2 else max(LEAST, min(size, MOST)) for size in sizes]
    for head, weight in zip(heads, weights, strict=True):
        head.set("style", f"width: {weight * 100 / sum(weights):.1f}%")
    return True


def _listed(pairs: html.HtmlElement) -> None:
    """Pairs in boxes become items of a list: the tags of a PDF know no box between a list and its items."""
    if any(child.tag != "div" for child in pairs):
        return
    pairs.tag = "ul"
    for item in pairs:
        item.tag = "li"
        for part in item:
            part.set("class", part.tag)
            part.tag = "span"


def _one_body(item: html.HtmlElement) -> None:
    """An item of a list holds lines, no paragraphs: only so do the tags of the PDF have one body for it."""
    blocks = list(item.iter("p", "div"))
    if any(child.tag in {"ul", "ol", "table", "figure"} for child in item.iter()):
        return
    for block in blocks:
        if block.tag == "p" and block is not next(item.iter("p")):
            block.addprevious(html.Element("br"))
    for block in blocks:
        block.drop_tag()


def _kept(paragraph: html.HtmlElement) -> None:
    """What announces a table, a list or a formula stays on the page of that."""
    after, said = paragraph.getnext(), (paragraph.text_content() or "").strip()
    if after is None:
        return
    short = len(said) <= LINE and after.tag in {"table", "ul", "ol", "figure"}
    if short or after.tag == "table" or said.endswith(":") or _is_title(paragraph, said):
        paragraph.set("class", f"{paragraph.get('class', '')} lead-in".strip())


def _is_title(paragraph: html.HtmlElement, said: str) -> bool:
    """A short line in bold, maybe with a remark in brackets, as `**2. Data boxes** (per good part)`."""
    first = next(iter(paragraph), None)
    if first is None or first.tag != "strong" or (paragraph.text or "").strip() or len(said) > LINE:
        return False
    return not (first.tail or "").strip() or (first.tail or "").startswith(" (")


def _blanks(element: html.HtmlElement) -> None:
    """Each `____` in the words of an element becomes a line that is long enough to write on."""
    if not isinstance(element.tag, str) or not _BLANK.search(f"{element.text or ''}"):
        tail_of = [child for child in element if _BLANK.search(child.tail or "")]
        for child in tail_of:
            _split(element, child)
        return
    before, *rest = _BLANK.split(element.text or "")
    element.text = before
    for place, words in enumerate(rest):
        element.insert(place, _line(words))
    for child in [child for child in element if _BLANK.search(child.tail or "")]:
        _split(element, child)


def _split(parent: html.HtmlElement, child: html.HtmlElement) -> None:
    before, *rest = _BLANK.split(child.tail or "")
    child.tail = before
    for shift, words in enumerate(rest, 1):
        parent.insert(parent.index(child) + shift, _line(words))


def _line(tail: str) -> html.HtmlElement:
    line = html.Element("span")
    line.set("class", "blank")
    line.tail = tail
    return line
