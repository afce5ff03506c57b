"""One sitting: events in, effects out, with no clock and no sound of its own."""

from transitions import Machine, State

from voicecheckin.conversation import messages as m
from voicecheckin.conversation.holding import HoldingPlace
from voicecheckin.conversation.messages import Command, Effect, Ending, Event
from voicecheckin.conversation.moments import (
    ENTERING,
    LISTENING,
    MOVES,
    REPLY,
    TURN,
    Holding,
    Moment,
)
from voicecheckin.conversation.options import SittingOptions
from voicecheckin.conversation.pace import LONGEST_DOUBT, SOFTLY, Pace
from voicecheckin.conversation.pausing import Pausing
from voicecheckin.conversation.program import Program
from voicecheckin.conversation.saying import items
from voicecheckin.conversation.script import Script
from voicecheckin.conversation.wishes import CLOSING_STEP


class CheckIn(Pausing):
    """A couple's sitting from welcome to goodnight.

    Feed it events with the time at which they happened (seconds on any clock that only grows),
    perform the effects that it returns, and send `TimedOut` once `deadline` has passed.
    """

    def __init__(self, script: Script, options: SittingOptions | None = None) -> None:
        """Prepare a sitting; what the *options* leave open is asked of the couple."""
        options = options or SittingOptions()
        super().__init__(
            script,
            options.names or script.names,
            Pace(options.pace, SOFTLY if options.invited else 0.0),
        )
        self.tentative = options.tentative or options.invited
        self.ending = Ending.COMPLETED
        self.finished = False
        self.program = Program(script, options)
        self.wording.held = self.program.held_often[1]
        self.holding = HoldingPlace()
        self._script = script
        self._asked, self._answers = [], []
        self._take_the_table()

    def _take_the_table(self) -> None:
        Machine(
            self,
            states=[State(moment, on_enter=ENTERING.get(moment)) for moment in Moment],
            transitions=[move._asdict() for move in MOVES],
            initial=Moment.READY,
            auto_transitions=False,
            ignore_invalid_triggers=True,
            queued=True,
            model_attribute="moment",
        )

    # What the loop sees.

    def handle(self, event: Event, now: float) -> list[Effect]:
        """Take an event that happened at *now* (seconds), return what is to be done about it."""
        self.now, self.effects = now, []
        if not self.finished:
            self._take(event)
        return self.effects

    @property
    def deadline(self) -> float | None:
        """When `TimedOut` is wanted (seconds); None while a sound or a voice must end first."""
        if self.finished:
            return None
        if not self.holding.flows:
            return self.held_deadline()
        return self.saying.until if self.saying is not None else self.listening_deadline

    # Events.

    def _take(self, event: Event) -> None:
        match event:
            case m.Started():
                self._began = self.now
                self.given_up_at = self.now + LONGEST_DOUBT
                self.trigger("start")
            case m.Interrupted():
                self._leave(Ending.INTERRUPTED, "interrupt")
            case m.SoundLost():
                self.lose_sound()
            case m.SoundBack():
                self.regain_sound()
            case m.Heard(command):
                self._obey(command)
            case m.VoiceBegan() | m.VoiceEnded():
                self._note_voice(event)
            case m.Recorded():
                if self.holding.flows:
                    self.trigger("recorded")
            case m.Noticed(line):
                self.take_notice(line)
            case m.SpeechEnded() | m.Unspoken():
                self._note_speech_ended()
            case m.TimedOut():
                if self.deadline is not None and self.now >= self.deadline:
                    self._time_out()
            case _ if self.holding.flows and self.is_listening:
                self._note_answer(event)

    def _note_speech_ended(self) -> None:
        if self.holding.flows:
            if self.saying is not None and self.saying.sounding:
                self.go_on_saying()
        else:
            self.word_ended()

    def _time_out(self) -> None:
        if not self.holding.flows:
            self.held_too_long()
        elif self.saying is not None:
            self.rest_is_over()
        else:
            self.listening_deadline = None
            self.trigger("silence")

    def _note_voice(self, event: m.VoiceBegan | m.VoiceEnded) -> None:
        self.voice = isinstance(event, m.VoiceBegan)
        if not self.holding.flows:
            return
        if isinstance(event, m.VoiceBegan):
            if self.is_listening:
                self.listening_deadline = self.given_up_at if self.tentative else None
            self.trigger("voice_began")
        elif self.is_listening:
            self.wait_in_silence(self.now - event.silence)

    def _note_answer(self, event: Event) -> None:
        match event:
            case m.Answered(meaning) if meaning in self.answers():
                if self._asks:
                    self.answer(meaning)
                else:
                    self.trigger("continue_turn" if meaning == "yes" else "finish_turn")
            case m.NotUnderstood(doubt) if self._asks:
                self.patience.misses += 1
                first = "doubt" if doubt else "unclear_1"
                self.miss(first if self.patience.misses == 1 else "unclear_2")
            case m.OutOfPlace() if self._asks:
                self.patience.strays += 1
                self.miss("out_of_place")

    @property
    def _asks(self) -> bool:
        return self.moment in (Moment.ASKING, Moment.FELT_HEARD)

    # Commands.

    def _obey(self, command: Command) -> None:
        if command in (Command.FORGET_THAT, Command.FORGET_EVERYTHING):
            self.effects.append(m.Forget(command is Command.FORGET_EVERYTHING))
            if self.moment is Moment.CLOSING:
                return  # its answer is the ordinary closing, which is under way (SR-33)
        if command in (Command.STOP, Command.FORGET_THAT, Command.FORGET_EVERYTHING):
            self._stop()
        elif self.moment is Moment.FAREWELL:
            return
        elif command is Command.PAUSE:
            self.pause()
        elif self.holding.flows:
            self._obey_in_flow(command)
        elif command is Command.GO_ON:
            self.go_on()

    def _obey_in_flow(self, command: Command) -> None:
        match command:
            case Command.GO_ON:
                self.trigger("move_along")
            case Command.REPEAT:
                self.say_again()
            case Command.SLOWER | Command.FASTER | Command.LOUDER | Command.SOFTER:
                self.pace.change(command.value)
                self.say_line(command.value)
            case Command.HELP:
                self.say_word_and_resume("help")
            case Command.MORE_TIME:
                self._give_time()
            case Command.DONE:
                self.trigger("finish_turn")
            case Command.PASS | Command.HOLD:
                self._pass(command)
            case _ if self.moment is not Moment.CLOSING:
                self.turn_to_branch(command.value)

    def _stop(self) -> None:
        """Anyone can stop, with one phrase and no reason; said twice, it is quiet at once."""
        if self.moment in (Moment.CLOSING, Moment.FAREWELL):
            self.trigger("fall_quiet")
            return
        self._leave(Ending.STOPPED, "close")

    def _pass(self, command: Command) -> None:
        if self.moment is Moment.ASKING:
            chosen = command.value if command.value in self.answers() else self.doubt_means()
            if chosen:
                self.answer(chosen)
        elif self.moment in TURN or self.moment in REPLY:
            self.pass_turn(set_aside=command is Command.HOLD)
        elif self.step is not None and not self.step.fixed:
            self.trigger("pass_over")

    def _give_time(self) -> None:
        if self.moment is Moment.DIGESTING:
            self.begin_digesting()
        elif self.moment in LISTENING:
            self.patience.start_over(self.now)
            self.say_line("more_time")

    # Endings.

    def begin_closing(self) -> None:
        """Say goodnight: the same words at every ending (SR-08)."""
        self.floor = None
        self.step = next(step for step in self._script.steps if step.id == CLOSING_STEP)
        self.listen()
        self.prompt(self.wording.to(self.step.say, None), 1.0)

    def begin_farewell(self) -> None:
        """One short goodbye, for a program that must end now."""
        self.say(list(items(self.wording.line("goodbye"))))

    def finish(self) -> None:
        """The sitting is over."""
        self._be_still()
        if self.ending is Ending.COMPLETED and self.step_id != CLOSING_STEP:
            self.ending = Ending.QUIET
        self.finished = True
        self.effects.append(m.Finish(self.ending))

    def _leave(self, ending: Ending, trigger: str) -> None:
        """End here; without sound there is nothing left to say."""
        self.ending = ending
        can_speak = self.holding.mode is not Holding.LOST
        self._be_still()
        self.trigger(trigger if can_speak else "fall_quiet")

    def _be_still(self) -> None:
        """Stop every sound and every pause."""
        self.hush_word()
        self.hush()
        self.holding.trigger("release")
