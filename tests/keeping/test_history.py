"""The way so far, as a picture."""

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree

from rich.console import Console

from voicecheckin.keeping.history import NOTHING_YET, as_page, as_text

DAY = date(2030, 3, 1)
DAYS = [DAY, DAY + timedelta(7)]


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


def printed(days: list[date]) -> str:
    console = Console(width=80, highlight=False)
    with console.capture() as capture:
        console.print(as_text(days))
    return capture.get()


def test_the_terminal_shows_days_in_order() -> None:
    words = re.findall(r"[^\s\u25cf\u2502][^\n]*", printed(DAYS))
    assert [word.strip() for word in words] == ["The way so far", "1 March 2030", "8 March 2030"]


def test_the_page_draws_a_stone_for_each_evening() -> None:
    picture = drawn(as_page(DAYS))
    assert len(picture.findall(".//circle")) == 2
    assert [text.text for text in picture.iter("text")] == ["1 March 2030", "8 March 2030"]


def test_sr_32_the_page_has_no_script_and_reaches_nothing() -> None:
    tags = Tags(as_page(DAYS)).found
    kinds = {tag for tag, _ in tags}
    assert kinds <= {
        *("html", "head", "meta", "title", "style", "body", "h1"),
        *("svg", "path", "circle", "text"),
    }
    names = {name for _, attributes in tags for name in attributes}
    assert not names & {"src", "href", "action", "style", "onload", "xmlns:xlink"}
    assert "http:" not in as_page(DAYS).replace("http-equiv", "")
    assert "url(" not in as_page(DAYS)


def test_where_nothing_is_kept_that_is_fine() -> None:
    assert NOTHING_YET in printed([])
    assert NOTHING_YET in as_page([])
    assert "<svg" not in as_page([])


def test_sr_20_the_picture_counts_and_compares_nothing() -> None:
    page = as_page(DAYS) + printed(DAYS)
    for word in ("score", "streak", "total", "average", "more than", "%", "first partner"):
        assert word not in page.replace("100%", "")
