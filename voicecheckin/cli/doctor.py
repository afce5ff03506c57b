"""Looks at the machine, its devices and the room, and says what to do."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict

from rich.table import Table

from voicecheckin.cli.arguments import Options
from voicecheckin.cli.board import board
from voicecheckin.cli.choices import own_folder, phrasebook_of, settings_with
from voicecheckin.cli.models import ears, voices
from voicecheckin.cli.screen import Screen
from voicecheckin.content.loader import language_folder
from voicecheckin.content.reading import Section, read
from voicecheckin.doctor.examining import Tried, of_devices, of_pair, of_troubles, try_pairs, usable
from voicecheckin.doctor.findings import Finding, Health, broken, ok, worst
from voicecheckin.doctor.judging import Person, of_clipping, of_echo, of_noise, of_person
from voicecheckin.doctor.machine import Package, of_machine, of_parts, parts
from voicecheckin.doctor.person import ask
from voicecheckin.doctor.remembering import remember
from voicecheckin.errors import (
    ContentError,
    DeviceLost,
    EngineFailed,
    EngineMissing,
    SettingsError,
    SoundUnavailable,
)
from voicecheckin.hearing.choose import choose as choose_ear
from voicecheckin.hearing.choose import described
from voicecheckin.hearing.ear import Ear
from voicecheckin.hearing.recognisers.recogniser import Recogniser, warm
from voicecheckin.hearing.recognisers.whisper import model_folder
from voicecheckin.hearing.work import OneThread
from voicecheckin.settings import CoupleSettings, Settings, settings_path
from voicecheckin.sound.card import CardSound
from voicecheckin.sound.portaudio import quiet_libraries
from voicecheckin.voice.cache import RenderCache, voice_folder
from voicecheckin.voice.choose import choose as choose_voice
from voicecheckin.voice.hibari_engine import hibari_voices
from voicecheckin.voice.piper_engine import piper_voices, voices_folder
from voicecheckin.voice.tts_queue import ImmediateTts
from voicecheckin.voice.voice import Voice

COLOURS = {Health.OK: "green", Health.LOOK: "yellow", Health.BROKEN: "red"}
UNUSABLE = 2


def doctor(options: Options) -> int:
    """Examine everything, print it as a table or as JSON, and remember the devices if wanted."""
    settings = settings_with(options)
    quiet_libraries()
    examination = _Examination(settings)
    screen = Screen()
    with closing(examination):
        if options.json:
            examination.run()
            screen.print_json(data=examination.report())
        else:
            with screen.status("Listening to the room; there will be a tone ..."):
                examination.run()
            screen.print(_table(examination.findings))
        if options.aloud:
            examination.say_summary()
    chosen = examination.chosen
    if options.remember and chosen is not None:
        path = options.settings or settings_path()
        remember(path, chosen.microphone.name, chosen.speaker.name)
        if not options.json:
            screen.print(f"Remembered in {path}", markup=False)
    return UNUSABLE if worst(examination.findings) is Health.BROKEN else 0


def _table(findings: list[Finding]) -> Table:
    table = Table("", "", "found", "what to do", title=board() or None)
    for one in findings:
        state = f"[{COLOURS[one.state]}]{one.state.value}[/]"
        table.add_row(one.what, state, _plain(one.found), _plain(one.advice))
    return table


def _plain(text: str) -> str:
    """*text* without a meaning for the screen."""
    from rich.markup import escape

    return escape(text)


class _Examination:
    """One visit: findings gather, and voice and ear stay loaded between its steps."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.findings: list[Finding] = []
        self.chosen: Tried | None = None
        self._packages: list[Package] = []
        self._person: Person | None = None
        self._voice: Voice | None = None
        self._ear: Recogniser | None = None

    def run(self) -> None:
        """Look at everything, the machine first."""
        self._packages = parts()
        self.findings += [of_parts(self._packages), *of_machine(voice_folder()), *of_models()]
        self._load_voice()
        self._load_ear()
        try:
            self._examine_sound()
        except (SoundUnavailable, DeviceLost) as problem:
            self.findings += of_troubles([str(problem)], works=False)

    def close(self) -> None:
        """Let the voice go."""
        if self._voice is not None:
            self._voice.close()

    def report(self) -> dict[str, object]:
        """Everything, for JSON."""
        chosen, person = self.chosen, self._person
        return {
            "state": worst(self.findings).value,
            "board": board(),
            "findings": [asdict(one) | {"state": one.state.value} for one in self.findings],
            "devices": chosen
            and {
                "microphone": asdict(chosen.microphone),
                "speaker": asdict(chosen.speaker),
            },
            "measured": chosen and asdict(chosen.measured),
            "person": person and {"reply": person.reply.value, "above": person.above},
            "parts": {one.name: one.version for one in self._packages},
        }

    def say_summary(self) -> None:
        """Say how it is, and what is the matter."""
        from voicecheckin.sound.playing import play

        if self._voice is None or self.chosen is None:
            return
        for sentence in summary(self.findings, _lines(self._settings.couple)):
            play(self._voice.sentence(sentence), self.chosen.speaker.name)

    def _load_voice(self) -> None:
        lines = _lines(self._settings.couple)
        try:
            chosen = self._settings.voice
            voice = Voice(choose_voice(chosen.engine), RenderCache(), say=chosen.say)
            voice.sentence(lines.text("please_say"))
        except (EngineFailed, EngineMissing, SettingsError) as missing:
            self.findings.append(broken("voice", "the voice", str(missing), SET_UP))
            return
        self._voice = voice
        self.findings.append(ok("voice", "the voice", voice.name.rstrip(":")))

    def _load_ear(self) -> None:
        try:
            self._ear = choose_ear(self._settings.ear.engine, phrasebook_of(self._settings.couple))
            warm(self._ear, ["yes"])
        except (ContentError, EngineMissing, SettingsError) as missing:
            self._ear = None
            self.findings.append(broken("ear", "the ear", str(missing), SET_UP))
            return
        self.findings.append(ok("ear", "the ear", described(self._ear)))

    def _examine_sound(self) -> None:
        """Find the devices, let the tone be heard, and ask whoever is there."""
        wished = self._settings.sound
        microphones, deaf = usable("input", wished.microphone)
        speakers, mute = usable("output", wished.speaker)
        self.findings.append(of_devices("input", microphones, deaf))
        self.findings.append(of_devices("output", speakers, mute))
        problems = []
        for tried in try_pairs(microphones, speakers):
            if isinstance(tried, str):
                problems.append(tried)
            elif self.chosen is None or tried.measured.delay is not None:
                self.chosen = tried
        self.findings += of_troubles(problems, self.chosen is not None)
        if self.chosen is not None:
            self._examine_pair(self.chosen)

    def _examine_pair(self, chosen: Tried) -> None:
        measured = chosen.measured
        self.findings += [of_pair(chosen), of_noise(measured.floor)]
        self._person = self._ask(chosen)
        self.findings += [of_echo(measured, self._person), of_clipping(measured.clipped)]
        if self._person is not None:
            self.findings.append(of_person(self._person))

    def _ask(self, chosen: Tried) -> Person | None:
        """Ask whoever is there to say yes; None without a voice or an ear."""
        if self._voice is None or self._ear is None:
            return None
        request = _lines(self._settings.couple).text("please_say")
        ear = Ear(self._ear, phrasebook_of(self._settings.couple), OneThread())
        sound = CardSound(chosen.microphone.name, chosen.speaker.name)
        with closing(sound), closing(ear):
            floor = chosen.measured.floor
            return ask(
                sound, ImmediateTts(self._voice), ear, request, self._settings.sound.echo, floor
            )


SET_UP = "Do as it says, or run voicecheckin setup, or choose another one in the settings."


def of_models() -> Iterator[Finding]:
    """Judge whether the voices and ears that were fetched are what they should be."""
    here = piper_voices()
    folders = {name: here[name].parent for name in voices() if name in here}
    folders |= {name: voices_folder() for name in voices() if name in hibari_voices()}
    for name in ears():
        try:
            folders[name] = model_folder()
        except EngineMissing:
            continue
    known = voices() | ears()
    for name, folder in folders.items():
        whole = all(file.holds(folder / file.name) for file in known[name].files)
        again = "--whisper" if name in ears() else f"--voice {name}"
        if whole:
            yield ok("models", "a model", f"{name}: as it was published")
        else:
            advice = f"Fetch it again: voicecheckin setup {again}"
            yield broken("models", "a model", f"{name}: not as it was published", advice)


def summary(findings: list[Finding], lines: Section) -> list[str]:
    """Return what to say: how it is on the whole, and each thing that is the matter."""
    state = worst(findings)
    whole = {Health.OK: "all_well", Health.LOOK: "look_at", Health.BROKEN: "broken"}[state]
    spoken = lines.section("spoken")
    wrong = dict.fromkeys(one.id for one in findings if one.state is not Health.OK)
    return [lines.text(whole), *(spoken.text(id) for id in wrong)]


def _lines(couple: CoupleSettings) -> Section:
    """The doctor's sentences: the couple's own, or those of the program."""
    folder = language_folder(couple.language, own_folder(couple))
    if not folder.joinpath("doctor.toml").is_file():
        folder = language_folder("en")
    return read(folder, "doctor.toml")
