"""A term of a text -> a button that holds the signs which touch the term too.

Browsers may end a line on either side of a button, whatever stands beside it, a no-break space too: a full stop would
stand alone at the beginning of a line, and `l’` or `(` at the end of one. Inside of a button lines end as in any text.
So what would not be parted from the term as text is in its button. Nothing is added to the text, which is copied, found
and read out, and an article is read out together with its noun.
"""

from __future__ import annotations

import re

_STOPS = " \t\r\n\f<>/‐–—-"
"""Behind each of these a line may end. A no-break space is none of them."""
_SIGNS = re.compile("(?:['’\u00a0\u2007\u202f]\\w*|&#?\\w+;|[^\\w\\s&<>(\\[{«“‘¿¡])*")
"""What stands right behind a term in its line: no signs that open, and letters only behind what ties them to it."""
_INLINE = re.compile(r"<(/?)(b|em|i|small|span|strong|sub|sup)\b[^>]*>")
"""A tag in the middle of a text."""


def put(pieces: list[str], place: int, start: int, end: int, opening: str, *, taken: tuple[int, int]) -> None:
    """Put a button around a term and what touches it, be that outside of a `<strong>` which holds nothing else.

    Arguments:
        pieces: Texts with a tag between each two of them. What stands before the button in its text stays as it is.
        place: Which piece holds the term.
        start: Where it begins in that, in characters.
        end: Where it ends.
        opening: The tag that begins the button. The term itself is in a `<span>`, to look like one.
        taken: A piece, and up to where its text belongs to another button.
    """
    text = pieces[place]
    before, led = _before(text[:start], place, taken)
    signs, after = _after(text[end:])
    pieces[place] = f"{led}<span>{text[start:end]}</span>{signs}"
    low, high = (place, place) if before or after else _around(pieces, place, taken)
    if low < place:
        before, led = _before(pieces[low], low, taken)
        signs, after = _after(pieces[high])
        pieces[low], pieces[high] = led, signs
    pieces[low] = f"{before}{opening}{pieces[low]}"
    pieces[high] += f"</button>{after}"


def _around(pieces: list[str], place: int, taken: tuple[int, int]) -> tuple[int, int]:
    """Places of the texts that touch the elements which one text fills; its own twice where none does."""
    low = high = place
    while _are_pair(pieces, low - 1, high + 1):
        low, high = low - 2, high + 2
        if _before(pieces[low], low, taken)[1] or _after(pieces[high])[0]:
            return low, high
        if pieces[low] or pieces[high]:
            break
    return place, place


def _before(text: str, place: int, taken: tuple[int, int]) -> tuple[str, str]:
    """The text before a term, and the end of it that touches the term."""
    if not text or text[-1] in _STOPS:  # most terms stand behind a space
        return text, ""
    begin = 1 + max(text.rfind(stop) for stop in _STOPS)
    if taken[0] == place:
        begin = max(begin, taken[1])
    return text[:begin], text[begin:]


def _after(text: str) -> tuple[str, str]:
    """The beginning of the text after a term that touches it, and the rest."""
    found = _SIGNS.match(text)
    end = found.end() if found else 0
    return text[:end], text[end:]


def _are_pair(pieces: list[str], first: int, last: int) -> bool:
    """Whether two pieces are the tags that begin and end one element."""
    if first < 0 or last >= len(pieces):
        return False
    begins, ends = _INLINE.fullmatch(pieces[first]), _INLINE.fullmatch(pieces[last])
    return bool(begins and ends and (begins[1], ends[1]) == ("", "/") and begins[2] == ends[2])
