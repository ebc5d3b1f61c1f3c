"""The options of the plugin `tally` in mkdocs.yml."""

from __future__ import annotations

import calendar
from datetime import date

from mkdocs.config import base
from mkdocs.config import config_options as c


class MonthEnd(base.BaseConfigOption[date]):
    """The last day of a month, as `2026-10-31`."""

    def run_validation(self, value: object) -> date:
        """Return the day."""
        try:
            day = value if type(value) is date else date.fromisoformat(str(value))
        except ValueError:
            raise base.ValidationError(f"`{value}` is no day. Write it as 2026-10-31.") from None
        last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        if day != last:
            raise base.ValidationError(f"{day} is not the end of a month. Write {last}.")
        return day


class TallyConfig(base.Config):  # type: ignore[no-untyped-call]
    """Options of the plugin."""

    records_dir = c.Dir(exists=False, default="records")
    """The folder of the records, beside `mkdocs.yml`; where there is none, the page says so and the build goes on."""
    as_of = c.Optional(MonthEnd())
    """Last day counted, the end of a month; left out, the last month that has ended."""
    published = c.Type(str, default="published.json")
    """File in `records_dir` of what was published last. It belongs with the records, into version control."""
