"""Builds rooms with sound out of the settings: voice, ear, echo, devices."""

from collections.abc import Iterator
from pathlib import Path

from voicecheckin.cli.bars import RenderingBar
from voicecheckin.cli.choices import bells_of, couple_names, phrasebook_of
from voicecheckin.cli.screen import Screen
from voicecheckin.conversation.pace import Pace
from voicecheckin.conversation.prompt_queue import Sentence, items
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
from voicecheckin.voice.telling import Ahead, AtOnce, Teller, WithBells
from voicecheckin.voice.voice import Voice


def card_room(
    settings: Settings,
    script: Script,
    console: Screen,
    offers: Offers,
    report: Report,
    witness: Witness = UNSEEN,
) -> AudioRoom:
    """A room at the sound card; EngineMissing or SoundUnavailable if that cannot be.

    *report* is told in one sentence when a speech server is lost; it is called from any thread.
    """
    voice = Voice(choose_voice(settings.voice.engine), RenderCache())
    sentences = all_sentences(script, couple_names(settings) or script.names)
    tempo = Pace(settings.sitting.pace).tempo
    with console.status("One moment ..."):
        voice.sentence(sentences[0], tempo)
        book = phrasebook_of(settings)
        recogniser = choose_ear(settings.ear.engine, book, report)
        warm(recogniser, list(book.commands))
        sound = CardSound(settings.sound.microphone, settings.sound.speaker, witness)
    console.print(f"(voice: {voice.name.rstrip(':')}, ear: {recogniser.name})", style="dim")
    teller = _with_bells(Ahead(voice, RenderingBar(console)), settings)
    teller.expect(sentences, tempo)
    ear = Ear(recogniser, book, Aside())
    return AudioRoom(sound, teller, ear, canceller(settings.sound.echo), offers=offers)


def kitchen_room(settings: Settings, couple: Couple, seed: int, wav: Path | None) -> AudioRoom:
    """A simulated kitchen in which *couple* sits; *wav* keeps its sound."""
    sound = KitchenSound(Kitchen(seed=seed), wav)
    voice = Voice(choose_voice(settings.voice.engine), RenderCache())
    book = phrasebook_of(settings)
    ear = Ear(choose_ear(settings.ear.engine, book), book)
    people = Actors(couple, sound)
    teller = _with_bells(AtOnce(voice), settings)
    return AudioRoom(sound, teller, ear, canceller(settings.sound.echo), people)


def _with_bells(teller: Teller, settings: Settings) -> Teller:
    before, breath = bells_of(settings)
    return WithBells(teller, before, breath)


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
