"""The hub without network: what of the site a language needs, as lists for the service worker and as one zip.

Everything here works on the folder of a built site, whatever built it.
"""

from __future__ import annotations
