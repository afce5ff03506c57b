"""The way so far, as a picture."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from rich.console import Console

from tests.trace import SCRIPT
from voicecheckin.keeping.history import NOTHING_YET, Stone, as_page, as_text, way
from voicecheckin.keeping.state import LastSitting, StoredState, settled, unexpired, without_last

DAY = date(2030, 3, 1)
FIRST, WEEKLY = ("ground", "SF1", "SF2"), ("W-offer", "W-week", "SF2")
SECOND, THIRD, THIRD_AGAIN = ("SF2", "SF3", "SF4"), ("SF6",), ("SF7",)


def in_week(number: int) -> date:
    return DAY + timedelta(7 * number)


def kept(evenings: Sequence[tuple[str, ...]], days: int = 30) -> StoredState:
    """What is left of evenings with these topics, one each week, on the day of the last one."""
    state = StoredState()
    for number, topics in enumerate(evenings):
        day = in_week(number)
        last = LastSitting(day, day + timedelta(days), topics)
        state = unexpired(replace(settled(state), last=last), datetime.combine(day, time(20)), days)
    return state


def stones(*evenings: tuple[str, ...], days: int = 30) -> tuple[Stone, ...]:
    return way(SCRIPT, kept(evenings, days))


def behind(*evenings: tuple[str, ...]) -> list[Stone]:
    return [stone for stone in stones(*evenings) if not stone.ahead]


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


def printed(stones: Sequence[Stone]) -> str:
    console = Console(width=80, highlight=False)
    with console.capture() as capture:
        console.print(as_text(stones))
    return capture.get()


@pytest.mark.parametrize("evenings", [(FIRST,), (WEEKLY,), (FIRST, WEEKLY, SECOND), ((),)])
def test_nine_stones_are_large_and_what_is_not_behind_lies_ahead(
    evenings: tuple[tuple[str, ...], ...],
) -> None:
    shown = stones(*evenings)
    assert sum(not stone.small for stone in shown) == 9
    ahead = [stone.ahead for stone in shown]
    assert ahead == sorted(ahead)
    assert shown[-1] == Stone(small=True, ahead=True)


def test_the_whole_way_leaves_the_weekly_ones_ahead() -> None:
    nine = [evening.topics for evening in SCRIPT.evenings if evening.number]
    shown = stones(*nine)
    assert [stone.ahead for stone in shown] == [False] * 9 + [True]
    assert shown[-1].small


def test_the_weekly_ones_stand_between_the_nine_by_their_day() -> None:
    first, weekly, second = in_week(0), in_week(1), in_week(2)
    assert behind(FIRST, WEEKLY, SECOND) == [
        Stone((first,)),
        Stone((weekly,), small=True),
        Stone((second,)),
    ]


def test_an_evening_that_took_two_days_is_one_stone() -> None:
    assert behind(THIRD, THIRD_AGAIN) == [Stone((in_week(0), in_week(1)))]


def test_an_evening_that_came_to_no_topic_looks_like_a_short_one() -> None:
    """Nobody can tell by it that an evening was stopped."""
    assert behind(()) == behind(("W-offer",)) == behind(("D2",)) == [Stone((DAY,), small=True)]


def test_a_day_that_is_forgotten_leaves_its_stone_as_long_as_the_way_is_kept() -> None:
    shown = stones(FIRST, WEEKLY, SECOND, days=10)
    assert [stone for stone in shown if not stone.ahead] == [
        Stone(),
        Stone((in_week(1),), small=True),
        Stone((in_week(2),)),
    ]


def test_an_evening_that_was_forgotten_alone_lies_ahead_again() -> None:
    state = without_last(kept([FIRST, SECOND]))
    assert way(SCRIPT, state) == stones(FIRST)


def test_the_terminal_shows_days_in_order_and_a_ring_for_what_lies_ahead() -> None:
    shown = printed(stones(FIRST, WEEKLY, SECOND))
    path = shown[: shown.index("one of")]
    assert re.findall(r"\S? ?\d+ \w+ 2030", path) == [
        "\N{BLACK CIRCLE} 1 March 2030",
        "\N{BULLET} 8 March 2030",
        "\N{BLACK CIRCLE} 15 March 2030",
    ]
    assert path.count("\N{WHITE CIRCLE}") == 7
    assert path.count("\N{WHITE BULLET}") == 1


def test_in_colour_what_lies_ahead_is_grey() -> None:
    text = as_text(stones(FIRST))
    greys = [text.plain[span.start] for span in text.spans if span.style == "bright_black"]
    assert greys == ["\N{WHITE CIRCLE}"] * 8 + ["\N{WHITE BULLET}"]


def test_the_page_draws_a_stone_for_each_and_those_ahead_grey() -> None:
    picture = drawn(as_page(stones(FIRST, WEEKLY, SECOND)))
    circles = picture.findall(".//circle")
    assert len(circles) == 11
    assert [circle.get("class") for circle in circles] == [None] * 3 + ["ahead"] * 8
    assert len({circle.get("r") for circle in circles}) == 2
    days = [text.text for text in picture.iter("text")]
    assert days == ["1 March 2030", "8 March 2030", "15 March 2030"]
    heights = [int(circle.attrib["cy"]) for circle in circles]
    assert heights == sorted(set(heights))
    assert heights[-1] < int(picture.attrib["viewBox"].split()[-1])


def test_sr_32_the_page_has_no_script_and_reaches_nothing() -> None:
    page = as_page(stones(FIRST, WEEKLY))
    tags = Tags(page).found
    kinds = {tag for tag, _ in tags}
    assert kinds <= {
        *("html", "head", "meta", "title", "style", "body", "h1", "p"),
        *("svg", "path", "circle", "text"),
    }
    names = {name for _, attributes in tags for name in attributes}
    assert not names & {"src", "href", "action", "style", "onload", "xmlns:xlink"}
    assert "http:" not in page.replace("http-equiv", "")
    assert "url(" not in page


def test_where_nothing_is_kept_that_is_fine() -> None:
    nothing = way(SCRIPT, StoredState())
    assert NOTHING_YET in printed(nothing)
    assert NOTHING_YET in as_page(nothing)
    assert "<svg" not in as_page(nothing)


def test_no_stone_has_a_name() -> None:
    shown = stones(FIRST, WEEKLY, SECOND)
    for picture in (as_page(shown), printed(shown)):
        for evening in SCRIPT.evenings:
            assert evening.title not in picture
            assert not any(topic in picture for topic in evening.topics)


def test_sr_20_the_picture_counts_and_compares_nothing() -> None:
    shown = stones(FIRST, WEEKLY, SECOND)
    page = as_page(shown) + printed(shown)
    for word in ("score", "streak", "total", "average", "more than", "%", "first partner"):
        assert word not in page.replace("100%", "")
