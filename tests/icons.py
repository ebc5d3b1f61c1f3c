"""The icons of the installed site, drawn from the logo: whoever changes it runs `python tests/icons.py`."""

from __future__ import annotations

import vl_convert
from greensupply.offline.standing import icon_names
from greensupply.plugin.assets import THEME_ASSETS

LOGO = THEME_ASSETS / "logo.svg"


def drawn() -> dict[str, bytes]:
    """File name of each icon -> its bytes."""
    logo = LOGO.read_text(encoding="utf-8")
    return {
        name: vl_convert.svg_to_png(_maskable(logo) if maskable else logo, scale=size / 48, ppi=72)
        for name, (size, maskable) in icon_names().items()
    }


def _maskable(logo: str) -> str:
    """The logo with room around it that a device may cut off, in the logo's own colour.

    Source: W3C, Web Application Manifest, safe zone of maskable icons: a circle of 40 % of the width around the centre.
    """
    inner = logo.replace("<svg ", '<svg x="8" y="8" width="32" height="32" ', 1)
    ground = '<rect width="48" height="48" fill="#1f6f54"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">{ground}{inner}</svg>'


if __name__ == "__main__":
    for name, data in drawn().items():
        (THEME_ASSETS / name).write_bytes(data)
