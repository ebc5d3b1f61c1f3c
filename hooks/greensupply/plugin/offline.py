"""After the whole build: what makes the site work without network, from the files that lie in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from greensupply import kept, kept_pack
from greensupply.kept_pack import Pack
from greensupply.offline import contents, standing
from greensupply.plugin import kept_lists


def publish(config: MkDocsConfig, style: str, script: str, read: Mapping[str, list[str]]) -> None:
    """Write manifests, the page for what is not kept, the lists of files and the service worker.

    Arguments:
        config: MkDocs' configuration.
        style: Address of the site's style from the root, marked.
        script: Address of the script that puts the learner's theme on, marked.
        read: The digests of files that were read when they were written, and the addresses in them.
    """
    site = Path(config.site_dir)
    if not contents.languages(site):
        return
    if is_preview(config):  # an author who saves a file sees it at once, not the version kept before
        _write(site, contents.WORKER, standing.worker(retired=True))
        return
    for locale in contents.languages(site):
        _write(site, f"{contents.home(locale)}manifest.webmanifest", standing.manifest(locale))
    store = pack(config, "offline")
    _write(site, contents.OFFLINE_PAGE, standing.offline_page(style, script, tuple(contents.languages(site))))
    for path, text in kept_lists.made(site, store, read).items():
        _write(site, path, text)
    store.save()
    _write(site, contents.WORKER, standing.worker())


def pack(config: MkDocsConfig, name: str) -> Pack:
    """What is kept from one build to the next under a name; nothing where the environment or mkdocs.yml says so.

    A preview, whose pages name its own address, has packs of its own: it begins with those of the last build.
    """
    ours = config.plugins.get("greensupply")
    if ours and not ours.config.keeps():
        return Pack(None)
    folder = Path(config.config_file_path or ".").resolve().parent / kept_pack.FOLDER
    if not is_preview(config):
        return kept_pack.at(folder, name)
    kept.forget()  # its author may change the theme and the words
    return kept_pack.at(folder, f"preview-{name}", name)


def is_preview(config: MkDocsConfig) -> bool:
    """Whether `mkdocs serve` builds: it takes its own address for that of the site."""
    return (config.site_url or "").startswith(f"http://{config.dev_addr}/")


def _write(site: Path, path: str, text: str) -> None:
    file = site / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")
