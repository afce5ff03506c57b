"""One sitting: events in, effects out, with no clock and no sound of its own."""

from collections.abc import Sequence

from voicecheckin.conversation import messages as m
from voicecheckin.conversation.agenda import Agenda
from voicecheckin.conversation.flows.flow import Flow, Miss, Stage
from voicecheckin.conversation.listening import Listening
from voicecheckin.conversation.messages import Command, Effect, Ending, Event
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.pace import LONG_PAUSE, SOFTLY, Pace
from voicecheckin.conversation.present import Present, Stopwatch
from voicecheckin.conversation.prompter import Prompter
from voicecheckin.conversation.rhythm import Rhythm
from voicecheckin.conversation.script import Script
from voicecheckin.conversation.states import CLOSED, LISTENING, State, Suspended, Trigger
from voicecheckin.conversation.suspension import Suspension
from voicecheckin.conversation.wording import NOT_FORGOTTEN, Wording

FASTER, AFTER_PAUSE = "faster", "after pause"
"""Branches in which going on is asked of each."""


class CheckIn:
    """A couple's sitting from welcome to goodnight.

    Feed it events with the time at which they happened (seconds on any clock that only grows),
    perform the effects that it returns, and send `TimedOut` once `deadline` has passed.
    """

    def __init__(self, script: Script, options: SittingOptions | None = None) -> None:
        """Prepare a sitting; what the *options* leave open is asked of the couple."""
        options = options or SittingOptions()
        self._present = Present()
        self._pace = Pace(options.pace, SOFTLY if options.invited else 0.0)
        self._wording = Wording(script, options.names or script.names)
        self._prompter = Prompter(self._present, self._pace)
        self._listening = Listening(
            self._present,
            tentative=options.tentative or options.invited,
            by_hand=options.by_hand,
        )
        self._watch = Stopwatch(self._present)
        self._suspension = Suspension(
            self._prompter,
            self._present,
            self._pace,
            self._watch,
            lambda: self._wording.line("paused"),
        )
        self._wording.days = options.days
        stage = Stage(
            self._present,
            self._pace,
            self._wording,
            self._prompter,
            self._listening,
            Rhythm(),
            options.tone_for_more,
        )
        self._agenda = Agenda(script, options, stage, self._watch)
        self.finished = False
        """Whether the sitting is over."""

    # What the loop sees.

    def handle(self, event: Event, now: float) -> list[Effect]:
        """Take an event that happened at *now* (seconds), return what is to be done about it."""
        self._present.now, self._present.effects = now, []
        if not self.finished:
            self._take(event)
            if self._suspension.flows:
                self._agenda.settle()
            if self._agenda.finished:
                self._finish()
        return self._present.effects

    @property
    def deadline(self) -> float | None:
        """When `TimedOut` is wanted (seconds); None while a sound or a voice must end first."""
        if self.finished:
            return None
        if not self._suspension.flows:
            return self._suspension.deadline
        return self._prompter.deadline if self._prompter.busy else self._listening.deadline

    # What others may know.

    @property
    def ending(self) -> Ending:
        """How the sitting ended, once it is finished."""
        return self._agenda.ending

    @property
    def state(self) -> State:
        """What is going on."""
        if self.finished:
            return State.DONE
        return self._agenda.flow.state if self._agenda.flow is not None else State.READY

    @property
    def step_id(self) -> str:
        """The id of the step that is under way, or nothing."""
        return self._agenda.flow.step.id if self._agenda.flow is not None else ""

    @property
    def floor(self) -> int | None:
        """Whose turn it is: 0, 1, or None when both are asked."""
        return self._agenda.flow.floor if self._agenda.flow is not None else None

    @property
    def suspended(self) -> Suspended:
        """Whether the conversation flows, is paused, or has lost its sound."""
        return self._suspension.state

    @property
    def voice(self) -> bool:
        """Whether somebody at the table is speaking just now."""
        return self._present.voice

    @property
    def sounding(self) -> bool:
        """Whether a sentence or a bell of the conversation sounds, so that its end is to come."""
        return self._prompter.sounding

    @property
    def busy(self) -> bool:
        """Whether the device has something left to say or to rest, before it waits for people."""
        return self._prompter.busy

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers that count just now."""
        return self._agenda.flow.answers if self._agenda.flow is not None else ()

    @property
    def shape(self) -> tuple[int | None, str]:
        """Which evening it is, and its length, as far as they are known by now."""
        shape = self._agenda.plan.shape
        return shape.evening, shape.length

    @property
    def starter(self) -> int:
        """Which seat begins the next step: 0 or 1."""
        return self._agenda.plan.starter

    # Events.

    def _take(self, event: Event) -> None:
        match event:
            case m.Started():
                if self._agenda.flow is None:
                    self._watch.start()
                    self._listening.start()
                    self._agenda.begin()
            case m.Interrupted():
                self._leave(Ending.INTERRUPTED)
            case m.SoundLost():
                self._lose_sound()
            case m.SoundBack():
                if self._suspension.regain_sound():
                    self._say_and_resume("sound_back")
            case m.Heard(command):
                self._obey(command)
            case m.VoiceBegan():
                self._present.voice = True
                self._note_voice_began()
            case m.VoiceEnded(silence):
                self._present.voice = False
                self._note_voice_ended(silence)
            case m.Noticed(line):
                self._notice(line)
            case m.Unspoken():
                self._prompter.show_instead()
                self._suspension.speech_ended()
            case m.SpeechEnded():
                if self._suspension.flows:
                    self._prompter.speech_ended()
                else:
                    self._suspension.speech_ended()
            case m.TimedOut():
                if self.deadline is not None and self._present.now >= self.deadline:
                    self._time_out()
            case m.Recorded():
                self._tell_flow(Trigger.RECORDED)
            case _:
                self._note_words(event)

    def _tell_flow(self, trigger: Trigger) -> None:
        if self._agenda.flow is not None and self._suspension.flows:
            self._agenda.flow.take(trigger)

    @property
    def _listener(self) -> Flow | None:
        """The flow that waits for people just now; None while the device has the word."""
        flow = self._agenda.flow
        waits = self._suspension.flows and not self._prompter.busy
        return flow if waits and flow is not None and flow.state in LISTENING else None

    def _note_voice_began(self) -> None:
        if self._listener is not None:
            self._listening.voice_began()
        self._tell_flow(Trigger.VOICE_BEGAN)

    def _note_voice_ended(self, silence: float) -> None:
        if self._listener is not None:
            self._listener.wait_in_silence(self._present.now - silence)

    def _note_words(self, event: Event) -> None:
        flow = self._listener
        if flow is None:
            return
        match event:
            case m.Answered(meaning) if meaning in flow.answers:
                flow.answer(meaning)
            case m.NotUnderstood(long=True):
                flow.misunderstand(Miss.LONG)
            case m.NotUnderstood(doubt):
                flow.misunderstand(Miss.DOUBT if doubt else Miss.UNCLEAR)
            case m.OutOfPlace():
                flow.misunderstand(Miss.STRAY)

    def _time_out(self) -> None:
        if not self._suspension.flows:
            ending = self._suspension.lasts_long()
            if ending is not None:
                self._fall_quiet(ending)
        elif self._prompter.busy:
            self._prompter.rest_ended()
        else:
            self._listening.deadline = None
            self._tell_flow(Trigger.SILENCE)

    def _notice(self, line: str) -> None:
        """Tell it before the next prompt; goodnight is interrupted for one thing only."""
        if not self._agenda.parting:
            self._prompter.notice(self._wording.line(line))
        elif line == NOT_FORGOTTEN:
            self._prompter.say_aside(self._wording.line(line))

    # Commands.

    def _obey(self, command: Command) -> None:
        forgets = command in (Command.FORGET_THAT, Command.FORGET_EVERYTHING)
        if forgets:
            self._present.ask_for(m.Forget(command is Command.FORGET_EVERYTHING))
        if forgets and self.state is State.CLOSING:
            return  # its answer is the ordinary closing, which is under way (SR-33)
        if forgets or command is Command.STOP:
            self._stop()
        elif self.state is State.FAREWELL:
            return
        elif command is Command.PAUSE:
            self._stand_still()
            self._suspension.pause()
        elif self._suspension.flows:
            self._obey_in_flow(command)
        elif command is Command.GO_ON:
            self._go_on()

    def _obey_in_flow(self, command: Command) -> None:
        flow = self._agenda.flow
        if flow is None:
            return
        match command:
            case Command.GO_ON:
                self._prompter.end_rest()
            case Command.REPEAT:
                self._prompter.say_again()
            case Command.FASTER if self._pace.is_usual and not self._agenda.parting:
                self._agenda.interpose(FASTER)  # faster than usual is for both to choose
            case Command.SLOWER | Command.FASTER | Command.LOUDER | Command.SOFTER:
                self._pace.change(command.value)
                self._say_aside(command.value)
            case Command.HELP:
                self._help()
            case Command.MORE_TIME:
                flow.give_time()
            case Command.DONE:
                flow.take(Trigger.FINISH_TURN)
            case Command.PASS | Command.HOLD:
                flow.let_pass(hold=command is Command.HOLD)
            case Command.DISAGREE:
                self._agenda.object_to()
                if self._agenda.objection_waits:
                    self._say_aside("disagree_later")
            case _:
                self._agenda.interpose(command.value)

    def _go_on(self) -> None:
        """End a pause; after a long one, going on is asked of each."""
        lasted = self._suspension.lasted
        if not self._suspension.go_on():
            return
        asks = self._agenda.is_agreed and not self._agenda.parting
        if lasted > LONG_PAUSE and asks:
            self._agenda.interpose(AFTER_PAUSE)
        else:
            self._say_and_resume("resumed")

    def _stop(self) -> None:
        """Anyone can stop, with one phrase and no reason; said twice, it is quiet at once."""
        if self._agenda.parting:
            self._fall_quiet(self.ending)
        else:
            self._leave(Ending.STOPPED)

    def _say_aside(self, key: str) -> None:
        choices = self._wording.choices(self.answers)
        self._prompter.say_aside(self._wording.line(key, self.floor, choices=choices))

    def _help(self) -> None:
        """Say what one can say, and go on where it was."""
        free = Command.GO_ON if self._prompter.can_go_on else Command.PAUSE
        said = Command.DONE if self._listener is not None else free
        self._say_and_resume("help", self.answers or (said.value,))

    def _say_and_resume(self, key: str, choices: Sequence[str] = ()) -> None:
        """Say a word, then the interrupted sentence, the question, or "carry on"."""
        word = self._wording.line(key, self.floor, choices=self._wording.choices(choices) or key)
        if self._prompter.busy:
            self._prompter.say_aside(word)
        elif self.state in CLOSED:
            self._prompter.say_again(word)
        else:
            self._prompter.say_aside((*word, *self._wording.line("carry_on", self.floor)))

    # Standing still, and endings.

    def _stand_still(self) -> None:
        if self._suspension.flows:
            self._listening.deadline = None
            self._listening.listen(self.step_id, self.floor)

    def _lose_sound(self) -> None:
        self._present.voice = False
        self._stand_still()
        self._suspension.lose_sound()

    def _leave(self, ending: Ending) -> None:
        """End here; without sound there is nothing left to say."""
        can_speak = self.suspended is not Suspended.LOST
        hurried_already = self.state is State.FAREWELL
        self._be_still()
        if can_speak and not hurried_already:
            self._agenda.part(ending)
        else:
            self._fall_quiet(ending)

    def _fall_quiet(self, ending: Ending) -> None:
        self._be_still()
        self._agenda.fall_quiet(ending)

    def _be_still(self) -> None:
        """Stop every sound and every pause."""
        self._suspension.release()
        self._prompter.hush()

    def _finish(self) -> None:
        """The sitting is over."""
        self._be_still()
        self.finished = True
        self._present.ask_for(m.Finish(self.ending))
