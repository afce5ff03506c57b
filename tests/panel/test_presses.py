"""Short, long and very long presses, in seconds that one can add up."""

from hypothesis import given
from hypothesis import strategies as st

from voicecheckin.panel.presses import Press, PressDetector, Presses


def test_a_short_press_counts_when_the_button_is_let_go() -> None:
    detector = PressDetector()
    detector.down(10.0)
    assert detector.held(10.5) is None
    assert detector.up(10.6) is Press.SHORT


def test_a_long_press_counts_while_the_button_is_still_held_and_only_once() -> None:
    detector = PressDetector()
    detector.down(10.0)
    assert detector.held(11.4) is None
    assert detector.held(11.5) is Press.LONG
    assert detector.held(12.0) is None
    assert detector.up(12.5) is None


def test_held_for_ten_seconds_it_is_a_very_long_press_as_well() -> None:
    detector = PressDetector()
    detector.down(0.0)
    assert [detector.held(now / 4) for now in range(45)].count(Press.VERY_LONG) == 1
    assert detector.up(12.0) is None


def test_a_button_that_never_repeats_is_understood_when_it_is_let_go() -> None:
    detector = PressDetector()
    detector.down(0.0)
    assert detector.up(2.0) is Press.LONG


def test_a_button_that_was_held_as_the_program_began_means_nothing() -> None:
    assert PressDetector().held(99.0) is None
    assert PressDetector().up(99.0) is None


@given(st.lists(st.tuples(st.sampled_from("dhu"), st.floats(0, 20))))
def test_however_it_chatters_there_is_at_most_one_press_of_each_kind_for_each_time_down(
    moves: list[tuple[str, float]],
) -> None:
    detector, now, told = PressDetector(), 0.0, []
    for move, later in moves:
        now += later
        if move == "d":
            detector.down(now)
            told.clear()
        else:
            press = detector.held(now) if move == "h" else detector.up(now)
            if press is not None:
                assert press not in told
                told.append(press)


def test_presses_are_kept_until_somebody_takes_them_or_given_at_once() -> None:
    presses, given_at_once = Presses(), list[Press]()
    presses.put(Press.SHORT)
    presses.taker = given_at_once.append
    presses.put(Press.LONG)
    assert given_at_once == [Press.LONG]
    assert presses.take() is Press.SHORT
    assert presses.take() is None
