"""What MkDocs knew when it wrote the pages of each language, and how it renders a page of one again.

mkdocs-static-i18n (seen with 1.3.1) runs MkDocs once per language on one configuration, which it changes for each. So
what differs is kept with the language, and laid over the configuration before a page of it is rendered.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from greensupply.plugin import kept_made

if TYPE_CHECKING:
    from greensupply.plugin import GreenSupplyPlugin

_CHANGED_IN_PLACE = ("extra", "mdx_configs")
"""Settings that a language's pass changes in place."""


@dataclass
class Pass:
    """One language's part of a build.

    Attributes:
        settings: The configuration's values, as this language has them.
        theme: The same of the theme.
        nav: The list of pages; None until the first page is written.
        pages: The files of all pages, as templates see them.
        marks: Digest of the Markdown that each page of ours was made from, by its source.
    """

    locale: str
    config: MkDocsConfig
    files: Files
    env: Environment
    settings: Mapping[str, Any]
    theme: Mapping[str, Any]
    nav: Any = None
    pages: Any = ()
    marks: dict[str, str] = field(default_factory=dict)

    def enter(self) -> None:
        """Make the configuration that of this language."""
        config = self.config
        config.data.update({**self.settings, **{name: deepcopy(self.settings[name]) for name in _CHANGED_IN_PLACE}})
        for name, value in self.theme.items():
            config.theme[name] = deepcopy(value)
        config.plugins["i18n"].current_language = self.locale  # type: ignore[attr-defined]

    def shows(self, file: File, text: str) -> bool:
        """Whether the page of a file was made from this text."""
        return self.marks.get(file.src_uri) == kept_made.mark(text)

    def rest(self, page: Page) -> None:
        """Let go of what a page says, once it is written: all pages together say more than all else that is kept."""
        file = page.file
        if file.abs_src_path is None:  # a plugin has made it
            file.content_string = ""
        page.content = page.markdown = ""

    def render(self, page: Page, text: str) -> bytes:
        """Return a page's file, made from another text with all events, as MkDocs 1.6 makes it.

        Raises:
            LookupError: The page has another title, which other pages show.
        """
        self.enter()
        self.marks[page.file.src_uri] = kept_made.mark(text)
        config, title = self.config, page.title
        page.file.content_string = text
        vars(page).pop("render", None)  # which was replaced for the last text, see `kept_pages`
        page = config.plugins.on_pre_page(page, config=config, files=self.files)
        page.read_source(config)
        markdown = config.plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=self.files)
        page.markdown = markdown
        page.render(config, self.files)
        page.content = config.plugins.on_page_content(page.content or "", page=page, config=config, files=self.files)
        if page.title != title:
            raise LookupError(f"{page.file.src_uri} has another title, which other pages show")
        page.active = True
        try:
            context = get_context(self.nav, self.pages, config, page)
            template = self.env.get_template(page.meta.get("template", "main.html"))
            context = config.plugins.on_page_context(context, page=page, config=config, nav=self.nav)
            output = config.plugins.on_post_page(template.render(context), page=page, config=config)
        finally:
            page.active = False
        page.validate_anchor_links(files=self.files, log_level=config.validation.links.anchors)
        return output.encode("utf-8", errors="xmlcharrefreplace")


@dataclass
class Passes:
    """The languages of the last build, which the plugin's events tell of.

    Attributes:
        keeps: Whether anything is kept.
        plugin: The plugin that made the build's pages.
        of: The languages by their locale, in the order of their passes.
        began: When the first build began to read, in nanoseconds; what is written later it may have missed.
    """

    keeps: bool = True
    plugin: GreenSupplyPlugin | None = None
    of: dict[str, Pass] = field(default_factory=dict)
    began: int = 0
    _config: MkDocsConfig | None = None

    @property
    def whole(self) -> bool:
        """Whether every language of the build is here, to its pages."""
        if self._config is None:
            return False
        wanted = self._config.plugins["i18n"].build_languages  # type: ignore[attr-defined]
        return set(self.of) == set(wanted) and all(each.nav is not None for each in self.of.values())

    def look(self) -> None:
        """The build begins to read."""
        self.began = self.began or time.time_ns()

    def begin(self, config: MkDocsConfig, plugin: GreenSupplyPlugin) -> None:
        """A language's pass begins; with a new configuration, a new build."""
        if self.keeps and config is not self._config:
            self.clear()
            self._config, self.plugin = config, plugin

    def read(self, config: MkDocsConfig, files: Files, env: Environment) -> None:
        """The pages of a language are read."""
        if self.keeps:
            settings = {**config.data, **{name: deepcopy(config.data[name]) for name in _CHANGED_IN_PLACE}}
            locale = config.theme["language"]
            self.of[locale] = Pass(locale, config, files, env, settings, deepcopy(dict(config.theme)))

    def write(self, config: MkDocsConfig, nav: Navigation, files: Files) -> None:
        """The pages of a language are about to be written."""
        here = self.of.get(config.theme["language"])
        if here and here.nav is None:
            here.nav, here.pages = nav, files.documentation_pages(inclusion=InclusionLevel.is_in_serve)

    def rest(self, config: MkDocsConfig, marks: Mapping[str, str]) -> None:
        """The pages of a language are written; `marks` are of the Markdown that ours were made from."""
        if here := self.of.get(config.theme["language"]):
            here.marks.update(marks)
            for file in here.pages:
                here.rest(file.page)

    def clear(self) -> None:
        """Forget all: the site is not what is kept here.

        MkDocs holds the configuration of a preview's first build, with its plugins, until the preview ends. So these
        have to forget it too.
        """
        if self._config is not None and self.plugin is not None:
            self._config.plugins["i18n"].i18n_files_per_language.clear()  # type: ignore[attr-defined]
            vars(self.plugin).update(vars(type(self.plugin)()))
        self.of.clear()
        self._config = self.plugin = None
