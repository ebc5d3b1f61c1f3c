"""A component on a page of its own, with the styles and the policy of the hub."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import yaml
from greensupply import components
from greensupply.locales import LANGUAGE_TAGS
from playwright.sync_api import Browser
from visiting import LOCALES, ROOT, Visit, third_party

ASSETS = ROOT / "hooks" / "greensupply" / "theme-assets"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'"
)
FRAME = """<!doctype html>
<html lang="{lang}" data-md-color-scheme="{scheme}"><head><meta http-equiv="Content-Security-Policy" content="{policy}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>Calculator</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/site.css">
<script type="module" src="/{tag}/{tag}.js"></script></head>
<body><main class="gs-main"><div class="gs-content"><article class="gs-article gs-text"><h1>Module</h1>
<p class="around">The text of the module.</p>
{html}
</article></div></main></body></html>"""


def said(tag: str, locale: str) -> dict[str, str]:
    """The words of a calculator, over those that all share."""
    files = [(components.FOLDER / folder / "words.yml").read_text(encoding="utf-8") for folder in ("shared", tag)]
    return {name: text for file in files for name, text in yaml.safe_load(file)[locale].items()}


def calculator(tag: str, locale: str) -> str:
    """The HTML of a calculator, as a module's page mounts it."""
    words = said(tag, locale)
    example = yaml.safe_load((components.FOLDER / tag / "example.yml").read_text(encoding="utf-8"))
    text = json.dumps(words, ensure_ascii=False)
    return components.render(
        tag, words=words, words_json=text, example=example, locale=locale, lang=LANGUAGE_TAGS[locale]
    )


class Bench(http.server.SimpleHTTPRequestHandler):
    """Serves `/<locale>/<scheme>/<tag>`, the styles of the site as one, and the components' scripts."""

    def do_GET(self) -> None:
        parts = self.path.strip("/").split("/")
        if parts[0] in LOCALES:
            locale, scheme, tag = parts
            html = calculator(tag, locale)
            lang = LANGUAGE_TAGS[locale]
            self._send(FRAME.format(lang=lang, policy=POLICY, tag=tag, scheme=scheme, html=html), "text/html")
        elif self.path == "/site.css":
            files = [*sorted(ASSETS.glob("*.css")), *sorted(components.FOLDER.glob("*/*.css"))]
            self._send("\n".join(file.read_text(encoding="utf-8") for file in files), "text/css")
        else:
            super().do_GET()

    def _send(self, text: str, kind: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serving_components() -> Iterator[str]:
    """Serve the bench; gives its address."""
    handler = functools.partial(Bench, directory=str(components.FOLDER))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def opening(browser: Browser, url: str, tag: str) -> Iterator[Callable[..., Visit]]:
    """Open the calculator in a new browser profile; `script` runs before the page. No fault may be left at the end."""
    visits: list[Visit] = []

    def begin(
        locale: str = "en", *, scheme: str = "default", width: int = 1280, script: str = "", **options: Any
    ) -> Visit:
        viewport = {"width": width, "height": 900}
        context = browser.new_context(viewport=viewport, reduced_motion="reduce", accept_downloads=True, **options)
        context.set_default_timeout(30_000)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        new = Visit(context, page, url)
        page.on("console", lambda it: new.faults.append(it.text) if it.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: new.faults.append(f"uncaught: {error}"))
        page.on("request", lambda request: third_party(request.url, url, new.faults))
        visits.append(new)
        new.open(f"{locale}/{scheme}/{tag}")
        return new

    yield begin
    for new in visits:
        faults = list(new.faults)
        new.context.close()
        assert faults == []
