"""Records whose id another one holds with other content: both places, for the one who has to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from greensupply import rules
from greensupply.completion import SetAside
from greensupply.store import batches
from greensupply.store.engine import stream

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# The tables are those of `arrivals`. A store that was merged from two may have an id twice: each content will do.
_DIFFERING = """
CREATE TEMP TABLE differing AS
SELECT came.n, came.id, any_value(NULL::INTEGER) AS earlier
FROM came JOIN known USING (id)
GROUP BY came.n, came.id HAVING NOT bool_or(came.content = known.content)
UNION ALL
SELECT came.n, came.id, first.n
FROM came JOIN first USING (id) ANTI JOIN known USING (id) ANTI JOIN withdrawn USING (id)
WHERE came.content <> first.content
"""
_WITH_PLACES = """
SELECT differing.id, mine.line, earlier.line, place.file, place.row
FROM differing
JOIN (SELECT n, line FROM arrived) AS mine ON mine.n = differing.n
LEFT JOIN (SELECT n, line FROM arrived) AS earlier ON earlier.n = differing.earlier
LEFT JOIN (
    SELECT id, min(file) AS file, arg_min(row, file) AS row FROM stored SEMI JOIN differing USING (id) GROUP BY id
) AS place ON place.id = differing.id AND differing.earlier IS NULL
ORDER BY differing.n
"""
_Place = tuple[str, int, int | None, str | None, int | None]


def conflicts(connection: DuckDBPyConnection, path: str) -> Iterator[SetAside]:
    """Each record that cannot be added for its id, in the order of the input.

    Arguments:
        connection: An engine with the tables of `arrivals`.
        path: Where the records come from.
    """
    connection.execute(_DIFFERING)
    for rows in stream(connection, _WITH_PLACES):
        some = cast(list[_Place], rows)
        wanted: dict[str, set[str]] = defaultdict(set)
        for identifier, _, _, file, row in some:
            if file is not None and row is None:
                wanted[file].add(identifier)
        lines = {file: batches.lines_of(Path(file), ids) for file, ids in wanted.items()}
        for identifier, line, earlier, file, row in some:
            other = f"{path}:{earlier}"
            if file is not None:
                number = lines[file].get(identifier, 1) if row is None else row + 1
                other = f"{Path(file).as_posix()}:{number}"
            yield SetAside(rules.problem("roster-conflict", path, line, id=identifier, place=other), identifier)
