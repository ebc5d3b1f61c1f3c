"""What can be found of a page, read by `html.parser` in the plainest way: what `search_index.reading` has to find, too."""

import re
from html.parser import HTMLParser

from greensupply.search_index import reading as quick

BETWEEN = "\x1f"


def sections(html: str, locale: str) -> list[quick.Section]:
    reader = Reader(locale)
    reader.feed(html)
    reader.close()
    lines = [
        (anchor, *(line("".join(words)) for words in (heading, text, other)))
        for anchor, heading, text, other in reader.parts
    ]
    return [
        quick.Section(heading, anchor, text, other)
        for anchor, heading, text, other in lines
        if heading or text or other
    ]


def line(text: str) -> str:
    cells = (re.sub(r"[ \t\r\n\f]+", " ", cell).strip() for cell in text.split(BETWEEN))
    return " · ".join(cell for cell in cells if cell)


class Reader(HTMLParser):
    def __init__(self, locale: str) -> None:
        super().__init__(convert_charrefs=True)
        self.locale = locale
        self.open: list[tuple[str, bool, bool, str, str]] = []
        self.parts: list[tuple[str, list[str], list[str], list[str]]] = [("", [], [], [])]
        self.title = -1

    def handle_starttag(self, tag, attrs):
        _, shown, question, identifier, language = self.open[-1] if self.open else ("", True, False, "", self.locale)
        if tag not in quick._INLINE:
            self.say(BETWEEN if tag in quick._CELLS and shown else " ")
        if tag in quick._VOID:
            return
        values = dict(attrs)
        classes = set((values.get("class") or "").split())
        within = tag == "quiz-question" or (question and not classes & quick._OF_A_QUESTION)
        left_out = (
            tag in quick._LEFT_OUT
            or (tag == "button" and "gs-term" not in classes)
            or classes & quick._CLASSES_LEFT_OUT
            or {"data-search-exclude", "hidden"} & set(values)
        )
        inside = (shown or (question and not within)) and not left_out and not within
        own = values.get("id") or ""
        self.open.append((tag, inside, within, own, (values.get("lang") or language).partition("-")[0]))
        anchor = own or (identifier if tag == "dt" else "")
        known = [part[0] for part in self.parts]
        if inside and anchor and (tag in ("h2", "h3") or (tag == "dt" and anchor not in known)):
            self.parts.append((anchor, [], [], []))
            self.title = len(self.open)

    def handle_endtag(self, tag):
        if tag not in [element[0] for element in self.open]:
            return
        closed = ""
        while closed != tag:
            if len(self.open) == self.title:
                self.title = -1
            closed = self.open.pop()[0]
        if tag not in quick._INLINE:
            self.say(" ")

    def handle_data(self, data):
        if not self.open or self.open[-1][1]:
            self.say(data)

    def say(self, words):
        _, heading, text, other = self.parts[-1]
        here = not self.open or self.open[-1][4] == self.locale
        if self.title >= 0:
            heading.append(words)
        elif words.strip():
            (text if here else other).append(words)
        else:
            text.append(words)
            other.append(words)
