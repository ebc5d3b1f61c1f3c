"""Courses: how many so far by quarter, with the plan as a band; and by country."""

from __future__ import annotations

from collections.abc import Sequence

from greensupply.charts import axes, svg
from greensupply.charts.axes import DRAWN, RULE, WIDTH, Height
from greensupply.charts.bars import ABOVE, bar, bars, upright
from greensupply.charts.svg import INK, LINE, MARK, PAPER, SMALL, Caption
from greensupply.locales import number
from greensupply.published import PublicTally


def courses(tally: PublicTally, plan: tuple[int, int, str], caption: Caption, locale: str) -> str:
    """Courses so far at the end of each of the last quarters, as columns.

    Arguments:
        tally: Of which the courses are drawn.
        plan: Least and greatest number planned, each a line, and what the chart calls them; no text, no lines.
        caption: What the chart says.
        locale: Language.
    """
    least, most, text = plan
    names = sorted(tally.course_quarters)[-DRAWN["quarters"] :]
    counts = [tally.course_quarters[name] for name in names]
    height = Height(190, 0, max([most, *counts]) + 1)
    places = axes.columns(len(names), WIDTH)
    shapes = [axes.period_axis(names, places, height.units, WIDTH, locale)]
    shapes += upright(places, height, counts)
    for fill in (PAPER, INK):
        for x, count in zip(places.middles, counts, strict=True):
            shapes.append(svg.text(x, height.of(count) + ABOVE, number(count, locale), fill=fill, anchor="middle"))
    if text:
        shapes += [svg.across(WIDTH, height.of(count), -WIDTH, RULE) for count in sorted({least, most})]
        shapes += [svg.text(4, height.of(most) - 6, text, fill=fill, size=SMALL) for fill in (PAPER, INK)]
    return svg.framed((WIDTH, 12 + height.units + 2 * LINE + 8), (0, 12), shapes, caption)


def counted(found: Sequence[tuple[str, int]], caption: Caption, locale: str) -> str:
    """Labels with exact counts of what is no person, as bars; one of them is more than nothing."""
    drawn = [bar(label, count, number(count, locale), MARK) for label, count in found]
    return bars(drawn, max(count for _, count in found), caption)
