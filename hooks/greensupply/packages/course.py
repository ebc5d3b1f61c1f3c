"""What a package holds, as every standard's own file is made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Unit:
    """One module in a package: a SCO, an AU, an activity.

    Attributes:
        id: The module's id.
        titles, summaries: By locale; for every locale of the package.
        pass_mark: Least score that passes, above 0 and up to 1.
        minutes: Study time.
        revision: Of the module.
        start: Path of its page in the package.
        files: Paths of the files that it alone uses, its page among them, sorted.
    """

    id: str
    titles: Mapping[str, str]
    summaries: Mapping[str, str]
    pass_mark: float
    minutes: int
    revision: int
    start: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Course:
    """One package: a module, or a pathway with its modules in their order.

    Attributes:
        id: Id of the module or the pathway.
        kind: `modules` or `pathways`, as in the site's addresses.
        titles, summaries: By locale.
        locales: Languages that it holds, in the order of the hub.
        units: Its modules; one for a module.
        shared: Paths of the files that all units use, sorted.
        url: Address of the hub's root with a slash at its end; empty if unknown.
    """

    id: str
    kind: str
    titles: Mapping[str, str]
    summaries: Mapping[str, str]
    locales: tuple[str, ...]
    units: tuple[Unit, ...]
    shared: tuple[str, ...]
    url: str

    @property
    def identifier(self) -> str:
        """A name for the whole that is good in XML and in file names: `gs-ems-es`, `gs-supplier-all`."""
        return f"gs-{self.id}-{self.locales[0] if len(self.locales) == 1 else 'all'}"

    @property
    def revision(self) -> int:
        """Grows when a module's does."""
        return sum(unit.revision for unit in self.units) - len(self.units) + 1

    @property
    def title(self) -> str:
        """Its title for a standard that takes one string: in its first language."""
        return self.titles[self.locales[0]]


@dataclass(frozen=True)
class Format:
    """One standard for packages.

    Attributes:
        name: As the command line says it.
        files: A course -> the standard's own files at the root of the zip, by path.
        script: Entry of the page's script, in `components/lms-session/`.
        mastery: The module's pass mark -> the one that the standard's file states, 0 to 1; an LMS that says just this
            one has not chosen its own.
        most_questions: Questions of a module whose answers the LMS can keep.
        connect: Sources that the page may send requests to, for its policy; empty for none.
        from_address: Are its ids made from the hub's address? Then it cannot be made without one.
    """

    name: str
    files: Callable[[Course], dict[str, bytes]]
    script: str
    mastery: Callable[[float], float]
    most_questions: int
    connect: str = ""
    from_address: bool = False
