"""YAML that a stranger wrote -> typed values, with the place of every key and every problem at once.

`loading` refuses what is hostile or surprising; `typing` gives each value the type that a pydantic model declares
(source: QUALITY, *Threats and guards*).
"""

from __future__ import annotations

from greensupply.yaml_text.loading import MAX_BYTES, Document, load
from greensupply.yaml_text.typing import typed

__all__ = ["MAX_BYTES", "Document", "load", "typed"]
