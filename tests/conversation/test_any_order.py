"""Whatever happens, in whatever order: nobody is stranded and nobody is cut off."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conversation.small_script import SMALL
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.messages import (
    Answered,
    Chime,
    Command,
    Effect,
    Ending,
    Event,
    Finish,
    Heard,
    Hush,
    Interrupted,
    NotUnderstood,
    OutOfPlace,
    PlayBack,
    Recorded,
    SoundBack,
    SoundLost,
    Speak,
    SpeechEnded,
    Started,
    TimedOut,
    Unspoken,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.states import State
from voicecheckin.loop import run
from voicecheckin.rooms.paper import PaperRoom
from voicecheckin.rooms.people import Couple, Temper

MEANINGS = sorted({answer for step in SMALL.steps for answer in step.answers} | {"no", "nearly"})
EVENTS = st.one_of(
    st.sampled_from(Command).map(Heard),
    st.sampled_from([*MEANINGS, "not yet", "yes"]).map(Answered),
    st.builds(NotUnderstood, st.booleans(), st.booleans()),
    st.sampled_from(
        [
            OutOfPlace(),
            VoiceBegan(),
            VoiceEnded(0.6),
            SpeechEnded(),
            TimedOut(),
            Started(),
            Unspoken(),
        ]
    ),
    st.sampled_from([SoundLost(), SoundBack(), Interrupted(), Recorded(4.0), Recorded(0.0)]),
)
GENTLE = EVENTS.filter(
    lambda event: (
        event
        not in (
            Interrupted(),
            Heard(Command.STOP),
            Heard(Command.FORGET_THAT),
            Heard(Command.FORGET_EVERYTHING),
        )
    )
)


class Table:
    """A check-in with somebody keeping watch over what it asks for."""

    def __init__(self) -> None:
        self.checkin = CheckIn(SMALL, SittingOptions(evening=2))
        self.now = 0.0
        self.sounding = False
        self.endings: list[Ending] = []
        self.send(Started())

    def send(self, event: Event) -> list[Effect]:
        if isinstance(event, SpeechEnded | Unspoken):
            self.sounding = False
        effects = self.checkin.handle(event, self.now)
        for effect in effects:
            match effect:
                case Speak() | Chime() | PlayBack():
                    assert not self.sounding, "two prompts at once"
                    self.sounding = True
                case Hush():
                    assert self.sounding, "a hush, and nothing sounds"
                    self.sounding = False
                case Finish(ending):
                    self.endings.append(ending)
        return effects

    def live(self, event: Event | None, seconds: float) -> None:
        """Let time pass, sound end and deadlines fire, then let *event* happen."""
        if event is None:
            if self.sounding:
                event = SpeechEnded()
            elif self.checkin.deadline is not None:
                self.now = max(self.now, self.checkin.deadline)
                event = TimedOut()
            else:
                event = VoiceEnded(0.6)
        self.now += seconds
        if isinstance(event, SpeechEnded | Unspoken) and not self.sounding:
            return
        self.send(event)

    @property
    def something_is_due(self) -> bool:
        checkin = self.checkin
        return checkin.finished or self.sounding or checkin.deadline is not None or checkin.voice


@settings(max_examples=300)
@given(st.lists(st.tuples(st.none() | EVENTS, st.floats(0, 40)), max_size=80))
def test_something_is_always_due_and_never_two_prompts_sound(
    story: list[tuple[Event | None, float]],
) -> None:
    """Any events in any order: a sound, a voice or a deadline is always pending."""
    table = Table()
    for event, seconds in story:
        table.live(event, seconds)
        assert table.something_is_due


@settings(max_examples=300)
@given(st.lists(st.tuples(st.none() | EVENTS, st.floats(0, 40)), max_size=60))
def test_there_is_always_a_way_to_the_end(story: list[tuple[Event | None, float]]) -> None:
    """From anywhere, silence alone leads to exactly one ending."""
    table = Table()
    for event, seconds in story:
        table.live(event, seconds)
    table.send(SoundBack())
    for _ in range(2000):
        if table.checkin.finished:
            break
        table.live(None, 0.0)

    assert table.checkin.finished
    assert len(table.endings) == 1


@settings(max_examples=200)
@given(st.lists(st.tuples(st.none() | GENTLE, st.floats(0, 40)), max_size=80))
def test_stop_ends_from_everywhere_within_the_closing_words(
    story: list[tuple[Event | None, float]],
) -> None:
    """One phrase, no reason: only the closing text follows, then nothing."""
    table = Table()
    for event, seconds in story:
        table.live(event, seconds)
    table.send(SoundBack())
    if table.checkin.finished:
        return
    table.send(Heard(Command.STOP))
    said = []
    while not table.checkin.finished:
        if table.sounding:
            table.live(SpeechEnded(), 1.0)
        else:
            table.live(None, 0.0)
        said.append(table.checkin.step_id)
    assert set(said) <= {"C6"} or table.checkin.ending is Ending.INTERRUPTED


@settings(max_examples=300)
@given(st.lists(st.tuples(st.none() | EVENTS, st.floats(0, 40)), max_size=80))
def test_no_turn_is_closed_by_silence_without_being_asked_for_more(
    story: list[tuple[Event | None, float]],
) -> None:
    """SR-23: the clock alone never leads from sharing to the listener."""
    table = Table()
    for event, seconds in story:
        before = table.checkin.state
        table.live(event, seconds)
        after = table.checkin.state
        if event is None and before is State.SHARING:
            assert after in (State.SHARING, State.MORE)
        if event is None and before is State.SAYING_BACK:
            assert after in (State.SAYING_BACK, State.MORE, State.DONE)


TEMPERS = st.builds(
    Temper,
    about=st.just("anybody"),
    think=st.just((0.5, 130.0)),
    pause=st.just((0.3, 12.0)),
    answer=st.just((0.3, 70.0)),
    passes=st.floats(0, 1),
    mumbles=st.floats(0, 1),
    commands=st.floats(0, 0.5),
    stops_after=st.integers(0, 6),
    words=st.just(("something else",)),
)


@settings(max_examples=150)
@given(TEMPERS, st.integers(0, 10_000))
def test_every_couple_on_paper_reaches_an_ending(temper: Temper, seed: int) -> None:
    """Whoever they are, their sitting ends in one of the endings on the list."""
    checkin = CheckIn(SMALL, SittingOptions(evening=2))
    room = PaperRoom(Couple(temper, seed))

    run(checkin, room)

    assert checkin.ending in Ending
    assert room.now() < 24 * 3600
