"""The options of the plugin `greensupply` in mkdocs.yml."""

from __future__ import annotations

import os

from mkdocs.config import base
from mkdocs.config import config_options as c

NO_CACHE = "GREENSUPPLY_NO_CACHE"
"""Environment variable: with any value, nothing of earlier builds is used or kept."""


class GreenSupplyConfig(base.Config):  # type: ignore[no-untyped-call]
    """Options of the plugin."""

    modules_dir = c.Dir(exists=True, default="modules")
    """The folder of the training modules, beside `mkdocs.yml`."""
    lrs = c.Type(dict, default={})
    """The programme's record store: `endpoint` and a public `key` that may only write; see `handover.read`."""
    records_email = c.Type(str, default="")
    """Address that the e-mail with a completion record goes to."""
    launch_endpoints = c.ListOfItems(c.Type(str), default=[])
    """Record stores of learning management systems that may open module pages (xAPI launch); see `handover.read`."""
    packages = c.Type(bool, default=False)
    """Whether the site offers packages and questions for learning management systems as downloads; needs `site_url`."""
    handouts = c.Type(bool, default=False)
    """Whether module pages offer handouts as PDFs; needs the package's extra `handouts`. A preview makes none."""
    kits = c.Type(bool, default=False)
    """Whether course pages offer kits as downloads; with the extra `handouts` their papers are PDFs."""
    cache = c.Type(bool, default=True)
    """Whether what takes long is kept from one build to the next, in `.cache/`; see `kept`."""
    recognition = c.File(exists=False, default="records/recognition.csv")
    """The list of recognized companies, with their consent; where there is none, its page says so."""

    def keeps(self) -> bool:
        """Whether anything is kept from one build to the next."""
        return bool(self.cache) and not os.environ.get(NO_CACHE)
