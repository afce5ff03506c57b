"""What the device cannot know, does not tell and never sends."""

import json
import socket
from pathlib import Path

import pytest

from tests.by_hand import CLOSING, Table, closing_after
from tests.trace import SCRIPT, UNHURRIED, live
from voicecheckin.content.references import all_steps
from voicecheckin.conversation.checkin import CheckIn
from voicecheckin.conversation.flows.triad import FELT_HEARD_ANSWERS, MORE_ANSWERS
from voicecheckin.conversation.messages import (
    Answered,
    Command,
    Keep,
    KeepOffers,
    Record,
    Remember,
)
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.hearing.phrases.phrasebook import load as load_phrases
from voicecheckin.loop import run
from voicecheckin.rooms.observed import EventsFile, ObservedRoom
from voicecheckin.rooms.paper import PaperRoom
from voicecheckin.rooms.people import couple

BOOK = load_phrases("en")
HARM = (
    "he hits me when he is drunk",
    "I am afraid of you",
    "you scare me when you shout",
    "she threw a plate at me",
    "you said you would hurt me if I left",
    "I hide my phone because I am scared",
    "he pushed me against the wall last week",
    "you never let me see my friends",
    "I had to stop seeing my sister because of you",
    "you took my money again",
    "I don't feel safe at home",
    "I am frightened to go to sleep",
    "stop hitting me",
    "please stop hurting me",
    "no I am afraid",
    "yes I am afraid of you",
    "I can't breathe when you hold me down",
    "I can't go on living like this",
    "help me he is hurting me",
    "I said no and you did not stop",
    "you will not let me leave",
    "that hurt when you hit me",
    "let go of me",
    "you check my phone every night",
    "I have no money of my own because of you",
)
ORDINARY_FEAR = (
    "I am afraid that you will leave",
    "being close scares me a little",
    "I worry that I am not enough",
    "I am afraid of being alone",
    "sometimes I fear that we go too fast",
    "my fear is that you stop loving me",
    "I am scared of being too much for you",
    "I get afraid when we are quiet for a long time",
)


@pytest.mark.parametrize("said", HARM + ORDINARY_FEAR)
def test_sr_11_what_is_disclosed_is_no_phrase_of_ours_and_has_no_effect(said: str) -> None:
    """No echo, no label, no branch: a disclosure and an ordinary fear are both only a voice."""
    open_always = [command.value for command in Command]
    questions = {step.answers for step in all_steps(SCRIPT)} | {FELT_HEARD_ANSWERS, MORE_ANSWERS}
    for answers in questions:
        assert BOOK.match(said, [*open_always, *answers]).phrase is None


def test_sr_12_nothing_that_is_said_opens_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a network socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    for name in ("easy", "interrupting", "leaving"):
        assert live(name, 6).ending is not None


def test_sr_30_an_events_file_tells_steps_and_times_only(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    events = EventsFile(path)
    checkin = CheckIn(
        SCRIPT, SittingOptions(evening=4, length="usual", names=("Canary", "Sparrow"))
    )
    run(checkin, ObservedRoom(PaperRoom(couple("interrupting", 3)), [events]))
    events.close()

    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(lines) > 100
    steps = {step.id for step in SCRIPT.steps}
    steps |= {step.id for branch in SCRIPT.branches.values() for step in branch}
    for line in lines:
        assert line["step"] in steps | {""}
        for key in set(line) - {"kind", "step"}:
            assert not isinstance(line[key], str), line
    assert "Canary" not in path.read_text(encoding="utf-8")


def test_sr_30_no_event_or_command_tells_what_it_was(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    events = EventsFile(path)
    for meaning in ("yes", "no", "pass"):
        events.saw(Answered(meaning), 1.0)
    events.close()
    assert len(set(path.read_text(encoding="utf-8").splitlines())) == 1


def test_sr_36_the_quiet_for_one_keeps_nothing_and_speaks_of_nobody() -> None:
    table = Table().hear_out()
    table.send(Answered("no"), 1.0)
    before = len(table.said)
    table.answer("yes")
    alone = table.hear_out().said[before:]
    table.send(Answered("yes"), 1.0)

    assert closing_after(table) == CLOSING
    assert not any(isinstance(e, Remember | Keep | Record | KeepOffers) for e in table.effects)
    assert not any(name in sentence for sentence in alone for name in ("Robin", "Sam"))


def test_free_speech_leaves_no_trace_in_what_the_conversation_knows() -> None:
    """Promise 3: events carry closed meanings only, so there is nothing to remember."""
    trace = live(UNHURRIED, 4)
    known = {
        answer
        for step in (*SCRIPT.steps, *(s for steps in SCRIPT.branches.values() for s in steps))
        for answer in step.answers
    } | {"yes", "no", "nearly", "not yet"}
    assert {m.what.meaning for m in trace.moments if isinstance(m.what, Answered)} <= known
