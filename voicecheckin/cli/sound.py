"""Builds rooms with sound out of the settings: voice, ear, echo, devices."""

import logging
from collections.abc import Iterator
from pathlib import Path

from voicecheckin.cli.bars import RenderingBar
from voicecheckin.cli.choices import bells_of, couple_names, phrasebook_of
from voicecheckin.cli.screen import Screen
from voicecheckin.conversation.pace import Pace
from voicecheckin.conversation.saying import Sentence, items
from voicecheckin.conversation.script import Passage, Script
from voicecheckin.conversation.wording import Wording
from voicecheckin.ear.choose import choose as choose_ear
from voicecheckin.ear.ear import Ear
from voicecheckin.ear.recogniser import warm
from voicecheckin.ear.work import Aside
from voicecheckin.ear.wyoming import Report
from voicecheckin.rooms.actors import Actors
from voicecheckin.rooms.audio import AudioRoom
from voicecheckin.rooms.offers import Offers
from voicecheckin.rooms.people import Couple
from voicecheckin.settings import Settings
from voicecheckin.sound.card import CardSound
from voicecheckin.sound.echo import canceller
from voicecheckin.sound.kitchen import Kitchen, KitchenSound
from voicecheckin.sound.streams import UNSEEN, Witness
from voicecheckin.voice.cache import RenderCache
from voicecheckin.voice.choose import choose as choose_voice
from voicecheckin.voice.prefetcher import Prefetcher
from voicecheckin.voice.pyttsx3_engine import Pyttsx3Engine
from voicecheckin.voice.tts_queue import ImmediateTts, TtsQueue, WithBells
from voicecheckin.voice.voice import Voice

logger = logging.getLogger(__name__)


def card_room(
    settings: Settings,
    script: Script,
    console: Screen,
    offers: Offers,
    lost_server: Report,
    lost_voice: Report,
    witness: Witness = UNSEEN,
) -> AudioRoom:
    """A room at the sound card; EngineMissing or SoundUnavailable if that cannot be.

    *lost_server* and *lost_voice* are told in one sentence when the speech server that hears, or
    the voice, is lost; they are called from any thread.
    """
    voice = device_voice(settings, lost_voice)
    sentences = all_sentences(script, couple_names(settings) or script.names)
    tempo = Pace(settings.sitting.pace).tempo
    with console.status("One moment ..."):
        voice.sentence(sentences[0], tempo)
        book = phrasebook_of(settings)
        recogniser = choose_ear(settings.ear.engine, book, lost_server)
        warm(recogniser, list(book.commands))
        sound = CardSound(settings.sound.microphone, settings.sound.speaker, witness)
    console.print(f"(voice: {voice.name.rstrip(':')}, ear: {recogniser.name})", style="dim")
    speech = _with_bells(Prefetcher(voice, RenderingBar(console)), settings)
    speech.expect(sentences, tempo)
    ear = Ear(recogniser, book, Aside())
    return AudioRoom(sound, speech, ear, canceller(settings.sound.echo), offers=offers)


def kitchen_room(settings: Settings, couple: Couple, seed: int, wav: Path | None) -> AudioRoom:
    """A simulated kitchen in which *couple* sits; *wav* keeps its sound."""
    sound = KitchenSound(Kitchen(seed=seed), wav)
    voice = device_voice(settings)
    book = phrasebook_of(settings)
    ear = Ear(choose_ear(settings.ear.engine, book), book)
    people = Actors(couple, sound)
    speech = _with_bells(ImmediateTts(voice), settings)
    return AudioRoom(sound, speech, ear, canceller(settings.sound.echo), people)


def device_voice(settings: Settings, report: Report = logger.warning) -> Voice:
    """The voice that was chosen; where it fails, the one that is always there goes on."""
    return Voice(
        choose_voice(settings.voice.engine),
        RenderCache(),
        local=Pyttsx3Engine,
        report=report,
        say=settings.voice.say,
    )


def _with_bells(speech: TtsQueue, settings: Settings) -> TtsQueue:
    before, breath = bells_of(settings)
    return WithBells(speech, before, breath)


def all_sentences(script: Script, names: tuple[str, str]) -> list[str]:
    """Everything that may be said, in order, spoken to either of the two."""
    wording = Wording(script, names)
    spoken = (
        sentence.text
        for passage in _passages(script)
        for floor in (0, 1)
        for sentence in items(wording.to(passage, floor))
        if isinstance(sentence, Sentence)
    )
    return [text for text in dict.fromkeys(spoken) if "{" not in text]


def _passages(script: Script) -> Iterator[Passage]:
    branches = (step for steps in script.branches.values() for step in steps)
    steps = {step.id: step for step in (*script.steps, *branches)}
    for step in steps.values():
        yield from (step.say, step.invite, step.listener, *step.reply.values())
    for wordings in script.lines.values():
        yield from wordings
