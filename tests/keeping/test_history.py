"""The way so far, as a picture."""

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree

from rich.console import Console

from voicecheckin.keeping.history import NOTHING_YET, as_page, as_text
from voicecheckin.keeping.kept import PastEvening

DAY = date(2030, 3, 1)
TITLES = {
    "ground": "the ground you share",
    "SF1": "true safety",
    "SF2": "leaning on each other",
    "SF3": '<script>alert("&")</script>',
}
PAST = [PastEvening(DAY, ("ground", "SF1", "SF2")), PastEvening(DAY + timedelta(7), ("D1", "SF3"))]


def drawn(page: str) -> ElementTree.Element:
    found = re.search(r"<svg.*</svg>", page, re.DOTALL)
    assert found is not None
    return ElementTree.fromstring(found.group())


class Tags(HTMLParser):
    """Every tag of a page, with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def printed(past: list[PastEvening]) -> str:
    console = Console(width=80, highlight=False)
    with console.capture() as capture:
        console.print(as_text(past, TITLES))
    return capture.get()


def test_the_terminal_shows_days_and_topics_in_order() -> None:
    words = re.findall(r"[^\s\u25cf\u2502][^\n]*", printed(PAST))
    assert [word.strip() for word in words] == [
        "The way so far",
        "1 March 2030",
        "the ground you share",
        "true safety",
        "leaning on each other",
        "8 March 2030",
        "D1",
        '<script>alert("&")</script>',
    ]


def test_the_page_draws_a_stone_for_each_evening_with_its_topics() -> None:
    picture = drawn(as_page(PAST, TITLES))
    assert len(picture.findall(".//circle")) == 2
    assert [text.text for text in picture.iter("text")] == [
        "1 March 2030",
        "the ground you share, true safety",
        "leaning on each other",
        "8 March 2030",
        'D1, <script>alert("&")</script>',
    ]


def test_sr_32_the_page_has_no_script_and_reaches_nothing() -> None:
    tags = Tags(as_page(PAST, TITLES)).found
    kinds = {tag for tag, _ in tags}
    assert kinds <= {
        *("html", "head", "meta", "title", "style", "body", "h1"),
        *("svg", "path", "g", "circle", "text"),
    }
    names = {name for _, attributes in tags for name in attributes}
    assert not names & {"src", "href", "action", "style", "onload", "xmlns:xlink"}
    assert "http:" not in as_page(PAST, TITLES).replace("http-equiv", "")
    assert "url(" not in as_page(PAST, TITLES)


def test_stones_never_lie_on_each_others_topics() -> None:
    long = [
        PastEvening(DAY + timedelta(n), tuple(f"topic {i}" * 3 for i in range(9))) for n in (0, 7)
    ]
    picture = drawn(as_page(long, {}))
    heights = [int(text.get("y") or 0) for text in picture.iter("text")]
    assert heights == sorted(heights)
    assert min(b - a for a, b in pairwise(heights)) >= 20
    assert max(heights) < int((picture.get("viewBox") or "").split()[3])


def test_where_nothing_is_kept_that_is_fine() -> None:
    assert NOTHING_YET in printed([])
    assert NOTHING_YET in as_page([], TITLES)
    assert "<svg" not in as_page([], TITLES)


def test_sr_20_the_picture_counts_and_compares_nothing() -> None:
    page = as_page(PAST, TITLES) + printed(PAST)
    for word in ("score", "streak", "total", "average", "more than", "%", "first partner"):
        assert word not in page.replace("100%", "")
