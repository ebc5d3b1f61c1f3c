"""The frame of every printed page, as a style: paper, running title, foot, number of the page, typeface."""

from __future__ import annotations

import json

from greensupply.handouts.finish import FONT


def style(hub: str, title: str, foot: str, size: str, page_number: str) -> str:
    """Return the style.

    Arguments:
        hub: Name of the hub, at the top left.
        title: Running title, at the top right.
        foot: What stands at the bottom left.
        size: Paper as CSS names it, `A4` or `letter landscape`.
        page_number: `{page} of {pages}` in the language, at the bottom right.
    """
    before, _, rest = page_number.partition("{page}")
    between, _, after = rest.partition("{pages}")
    pages = f"{css(before)} counter(page) {css(between)} counter(pages) {css(after)}"
    return (
        f"@page {{ size: {size}; @top-left {{ content: {css(hub)} }} @top-right {{ content: {css(title)} }} "
        f"@bottom-left {{ content: {css(foot)} }} @bottom-right {{ content: {pages} }} }}\n"
        f"html {{ font-family: {FONT} }}\n"
    )


def css(words: str) -> str:
    """Words as a CSS string, safe inside a `<style>`."""
    return json.dumps(words, ensure_ascii=False).replace("<", "\\3c ").replace(">", "\\3e ")
