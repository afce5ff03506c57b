"""Asks somebody at the table to say yes, with the same voice and ear as a sitting."""

from voicecheckin.conversation.messages import (
    Answered,
    Hush,
    Listen,
    NotUnderstood,
    OutOfPlace,
    SoundBack,
    SoundLost,
    Speak,
    SpeechEnded,
    TimedOut,
    Unspoken,
    VoiceBegan,
)
from voicecheckin.doctor.judging import Person, Reply
from voicecheckin.doctor.measuring import Metered
from voicecheckin.errors import DeviceLost, EngineMissing
from voicecheckin.hearing.ear import Ear
from voicecheckin.hearing.echo.canceller import canceller
from voicecheckin.rooms.audio import AudioRoom
from voicecheckin.sound.sound import Sound
from voicecheckin.voice.tts_queue import TtsQueue

YES = "yes"
"""The phrase that is asked for."""
SPEAKING, PATIENCE = 30.0, 8.0
"""Seconds that the request may take, and that somebody may take to answer."""


def ask(sound: Sound, speech: TtsQueue, ear: Ear, request: str, echo: str, floor: float) -> Person:
    """Say *request*, and hear whether somebody says yes; *floor* is the room's noise (dB)."""
    metered = Metered(sound)
    room = AudioRoom(metered, speech, ear, canceller(echo))
    room.perform(Listen())
    _say(room, request)
    began = room.now()
    room.perform(Listen((YES,), patience=1.0))
    reply = _reply(room, began + PATIENCE)
    room.perform(Hush())
    return Person(reply, metered.loudest(room.now() - began) - floor)


def _say(room: AudioRoom, request: str) -> None:
    """Let the request be heard to its end, from the start again if the sound went away."""
    until = room.now() + SPEAKING
    room.perform(Speak(request))
    while True:
        match room.wait(until):
            case SpeechEnded():
                return
            case Unspoken():
                raise EngineMissing("No voice could speak the request.")
            case SoundBack():
                room.perform(Speak(request))
            case TimedOut():
                raise DeviceLost("The sound went away while the device spoke.")


def _reply(room: AudioRoom, until: float) -> Reply:
    reply, lost = Reply.NOBODY, False
    while True:
        match room.wait(until):
            case Answered():
                return Reply.UNDERSTOOD
            case NotUnderstood() | OutOfPlace() | VoiceBegan():
                reply = Reply.UNCLEAR
            case SoundLost():
                lost = True
            case SoundBack():
                lost = False
            case TimedOut() if lost:
                raise DeviceLost("The sound went away while somebody was listened for.")
            case TimedOut():
                return reply
