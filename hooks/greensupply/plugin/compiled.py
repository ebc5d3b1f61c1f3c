"""Templates, compiled once: for all languages, for the next save of a preview, and for the next build.

Jinja asks for each template whether what is kept was made from the very same text by the same version of Python; what
it was made with beside that is in its name here.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterator
from contextlib import suppress

from jinja2 import Environment, TemplateError
from jinja2.bccache import Bucket, BytecodeCache
from mkdocs.theme import Theme

from greensupply import components
from greensupply.kept_pack import Pack

_PAGES = ("main.html", "home.html", "404.html")
"""The templates that MkDocs asks for; they name the others."""
ADDED = ("jinja2.ext.loopcontrols",)
"""Extensions that pages are compiled with beside MkDocs' own: those of mkdocs-static-i18n (seen with 1.3.1)."""
_NAMED = re.compile(r"""\{%-?\s*(?:extends|from|import|include)\s+["']([^"']+\.html)["']""")
_ENTRY = "templates"
_Name = tuple[str, ...]


class Compiled(BytecodeCache):
    """What is compiled, as bytes that Python reads; a pack, which sees to it that they are whole, keeps them."""

    def __init__(self) -> None:
        self._store = Pack(None)
        self._known: dict[_Name, bytes] = {}
        self._prepared = False
        self._more = False

    def begin(self, store: Pack) -> None:
        """Know what an earlier build has compiled too, and see to the components' templates."""
        components.compiled_by(self)
        self._store = store
        found = store.find(_ENTRY)
        if found:
            self._known = marshal.loads(found) | self._known  # noqa: S302 - whole, and from here
            self._prepared = True

    def serve(self, env: Environment) -> None:
        """Let templates be compiled no more often than that, unless somebody else sees to it."""
        env.bytecode_cache = env.bytecode_cache or self

    def prepare(self, theme: Theme) -> None:
        """Compile what pages and components need, as each process that is split off afterwards would for itself."""
        if self._prepared:
            return
        self._prepared = True
        components.prepare()
        env = theme.get_env()
        for extension in ADDED:
            env.add_extension(extension)
        self.serve(env)
        with suppress(TemplateError):  # the page that needs it will tell
            for name in _needed(env):
                env.get_template(name)

    def end(self) -> None:
        """Keep what was compiled, with what else is in the pack."""
        if self._more:
            self._store.keep(_ENTRY, marshal.dumps(self._known))
            self._more = False
        self._store.save()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand over what is known."""
        known = self._known.get(_name(bucket))
        if known is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take it."""
        self._known[_name(bucket)] = bucket.bytecode_to_string()
        self._more = True


def _name(bucket: Bucket) -> _Name:
    env = bucket.environment
    return bucket.key, repr(env.autoescape), *sorted(env.extensions)


def _needed(env: Environment) -> Iterator[str]:
    """The templates of all pages, and those that they name."""
    waiting, seen = list(_PAGES), set(_PAGES)
    while waiting:
        name = waiting.pop()
        yield name
        text = env.loader.get_source(env, name)[0] if env.loader else ""
        named = set(_NAMED.findall(text)) - seen
        seen |= named
        waiting += sorted(named)
