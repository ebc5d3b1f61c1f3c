"""Each page is read once for all who look for something in it: first its content, at last what is around that.

The generator hands the content of every page over before it writes the first one. So what is found in a content is kept
until then, and of the finished page only what the theme puts around it is read.
"""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

from greensupply import markup, tags
from greensupply.offline import contents
from greensupply.plugin import offline


class Reading:
    """What is read of the pages of one build.

    Attributes:
        addresses: The digest of a finished page -> the addresses in it, for the lists of files.
    """

    def __init__(self) -> None:
        self.addresses: dict[str, list[str]] = {}
        self._contents: dict[str, tuple[int, set[str]]] = {}

    def content(self, html: str, page: Page) -> tags.Text:
        """The content of a page, taken apart; anything that content must not hold stops the build."""
        text = tags.read(html)
        if found := list(markup.problems(text)):
            how = "Write it in Markdown."
            raise PluginError("\n".join(f"{page.file.src_uri}:1: the page holds {what}. {how}" for what in found))
        self._contents[page.file.src_uri] = hash(html), contents.values(text.tags.values())
        return text

    def finished(self, output: str, page: Page, config: MkDocsConfig) -> None:
        """A page whose own policy would stop a part of it is not published."""
        html = page.content or ""
        known, named = self._contents.pop(page.file.src_uri, (0, set()))
        before, content, after = _around(output, html if hash(html) == known else "")
        around = [*tags.distinct(before), *tags.distinct(after)]
        if found := markup.unsafe(around):
            raise PluginError(f"{page.file.src_uri}: `{found}` is inline; move it to a file of the theme.")
        if not offline.is_preview(config):
            mark = contents.digest(output.encode(errors="xmlcharrefreplace"))  # as the generator writes it
            self.addresses[mark] = sorted(contents.values(around) | (named if content else set()))


def _around(output: str, html: str) -> tuple[str, str, str]:
    """A finished page before, in and after its content; all of it before, where that cannot be told by its tags."""
    content = html.strip()
    return output.partition(content) if content[:1] == "<" and content[-1:] == ">" else (output, "", "")
