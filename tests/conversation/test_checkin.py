"""What a couple would notice, moment by moment, with times one can add up."""

import pytest

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
    Forget,
    Heard,
    Hush,
    Interrupted,
    Keep,
    KeepOffers,
    Listen,
    NotUnderstood,
    OutOfPlace,
    PlayBack,
    Record,
    Recorded,
    Remember,
    SoundBack,
    SoundLost,
    Speak,
    SpeechEnded,
    Started,
    TimedOut,
    VoiceBegan,
    VoiceEnded,
)
from voicecheckin.conversation.moments import Moment


class Evening:
    """A check-in that is led by hand; speech takes a second, rests take what they take."""

    def __init__(self, evening: int = 2, **more: object) -> None:
        self.checkin = CheckIn(SMALL, evening=evening, **more)  # type: ignore[arg-type]
        self.now = 0.0
        self.said: list[str] = []
        self.done: list[Effect] = []
        self.rests: list[float] = []
        self.send(Started())

    def send(self, event: Event, after: float = 0.0) -> list[Effect]:
        self.now += after
        effects = self.checkin.handle(event, self.now)
        self.done += effects
        self.said += [effect.text for effect in effects if isinstance(effect, Speak)]
        return effects

    @property
    def sounding(self) -> bool:
        saying = self.checkin.saying
        return saying is not None and saying.sounding

    def listen_out(self) -> "Evening":
        """Let the device finish what it is saying."""
        while self.checkin.saying is not None:
            if self.sounding:
                self.send(SpeechEnded(), after=1.0)
            else:
                assert self.checkin.deadline is not None
                self.rests.append(self.checkin.deadline - self.now)
                self.send(TimedOut(), after=self.checkin.deadline - self.now)
        return self

    def answer(self, *meanings: str) -> "Evening":
        for meaning in meanings:
            self.listen_out()
            self.send(Answered(meaning), after=1.0)
        return self.listen_out()

    def settle(self) -> "Evening":
        """Both consents, the breaths, up to the first turn."""
        return self.answer("yes", "yes", "yes", "nothing", "nothing", "ready")

    def talk(self, seconds: float = 5.0) -> "Evening":
        self.send(VoiceBegan(), after=2.0)
        self.send(VoiceEnded(), after=seconds)
        return self

    def turn(self) -> "Evening":
        """A whole turn with its answer, up to the rest after it."""
        self.talk().send(Heard(Command.DONE))
        self.listen_out().talk().send(Heard(Command.DONE))
        self.listen_out().send(Answered("yes"))
        return self

    def to(self, moment: Moment) -> "Evening":
        assert self.checkin.moment is moment, self.checkin.moment
        return self


def test_it_begins_with_the_question_whether_both_are_here() -> None:
    evening = Evening().listen_out().to(Moment.ASKING)

    assert evening.said == ["O0."]


def test_each_is_asked_for_consent_by_name() -> None:
    evening = Evening().answer("yes", "yes")

    assert evening.said[1:] == ["One, do you want this?", "Two, do you want this?"]


def test_sr_01_one_no_is_enough_and_nobody_else_is_asked() -> None:
    evening = Evening().answer("yes", "no")

    assert evening.said[-3:] == ["One, do you want this?", "Help is there.", "Good night."]
    assert evening.checkin.ending is Ending.DECLINED


@pytest.mark.parametrize("doubtful", [NotUnderstood(), NotUnderstood(doubt=True), OutOfPlace()])
def test_sr_01_doubt_about_a_consent_means_no(doubtful: Event) -> None:
    evening = Evening().answer("yes")
    for _ in range(3):
        evening.send(doubtful, after=1.0)
        evening.listen_out()

    assert evening.checkin.ending is Ending.DECLINED
    assert "O4." not in evening.said


def test_sr_01_silence_is_no_consent() -> None:
    evening = Evening().answer("yes")
    while not evening.checkin.finished:
        evening.send(TimedOut(), after=(evening.checkin.deadline or 0) - evening.now)
        evening.listen_out()

    assert evening.checkin.ending is Ending.QUIET
    assert "Help is there." not in evening.said


def test_sr_02_the_stricter_of_the_two_memory_choices_counts() -> None:
    evening = Evening().answer("yes", "yes", "yes", "agreements", "dates")

    assert Remember("dates") in evening.done


def test_a_turn_goes_from_inviting_to_digesting() -> None:
    evening = Evening().settle().to(Moment.THINKING)
    evening.talk().to(Moment.SHARING)
    evening.send(Heard(Command.DONE))
    evening.to(Moment.RECEIVING).listen_out().to(Moment.SAYING_BACK)
    evening.talk().send(Heard(Command.DONE))
    evening.to(Moment.FELT_HEARD).listen_out()
    evening.send(Answered("yes"))
    evening.to(Moment.DIGESTING).listen_out().to(Moment.THINKING)

    assert evening.checkin.floor == 1


def test_sr_21_every_turn_is_followed_by_the_listener_and_by_felt_heard() -> None:
    evening = Evening().settle().turn().listen_out().turn()

    words = [text for text in evening.said if text.startswith(("Listener", "Felt"))]
    assert len(words) == 4
    assert words[:2] == words[2:]


def test_silence_in_a_turn_is_asked_about_after_six_seconds() -> None:
    evening = Evening().settle().talk()
    assert evening.checkin.deadline == evening.now + 6.0
    evening.send(TimedOut(), after=6.0)
    assert evening.checkin.moment is Moment.MORE
    evening.listen_out()
    assert evening.checkin.deadline == evening.now + 8.0
    evening.send(TimedOut(), after=8.0)
    assert evening.checkin.moment is Moment.RECEIVING


def test_a_deep_turn_is_given_eight_and_ten_seconds() -> None:
    evening = Evening().settle()
    evening.turn().listen_out().turn().listen_out().answer("yes", "yes").talk()
    assert evening.checkin.step_id == "U7"
    assert evening.checkin.deadline == evening.now + 8.0
    evening.send(TimedOut(), after=8.0)
    evening.listen_out()
    assert evening.checkin.deadline == evening.now + 10.0


def test_who_was_asked_too_early_is_given_longer_for_the_rest_of_the_turn() -> None:
    evening = Evening().settle().talk()
    evening.send(TimedOut(), after=6.0)
    evening.talk().to(Moment.SHARING)
    assert evening.checkin.deadline == evening.now + 8.0
    evening.send(Heard(Command.DONE))
    evening.listen_out().talk().to(Moment.SAYING_BACK)
    assert evening.checkin.deadline == evening.now + 4.0
    evening.send(TimedOut(), after=4.0)
    evening.talk()
    assert evening.checkin.deadline == evening.now + 6.0


def test_saying_no_to_is_there_more_hands_over() -> None:
    evening = Evening().settle().talk()
    evening.send(TimedOut(), after=6.0)
    evening.listen_out().send(Answered("no"))
    assert evening.checkin.moment is Moment.RECEIVING


def test_saying_yes_to_is_there_more_gives_time_to_think() -> None:
    evening = Evening().settle().talk()
    evening.send(TimedOut(), after=6.0)
    evening.listen_out().send(Answered("yes"))
    assert evening.checkin.moment is Moment.THINKING


def test_speech_that_resumes_re_opens_the_turn() -> None:
    evening = Evening().settle().talk()
    evening.send(Heard(Command.DONE))
    evening.send(VoiceBegan(), after=1.0)
    assert evening.checkin.moment is Moment.SHARING


def test_a_prompt_that_had_begun_is_withdrawn_when_speech_resumes() -> None:
    evening = Evening().settle().talk()
    evening.send(Heard(Command.DONE))
    while evening.checkin.moment is Moment.RECEIVING:
        event: Event = SpeechEnded() if evening.sounding else TimedOut()
        evening.send(event, after=5.0)
    assert evening.checkin.moment is Moment.HANDING_OVER
    evening.send(TimedOut(), after=5.0)
    assert evening.send(VoiceBegan())[:1] == [Hush()]
    assert evening.checkin.moment is Moment.SHARING


def test_not_yet_gives_one_more_try_and_no_third() -> None:
    evening = Evening().settle()
    for _ in range(2):
        evening.talk().send(Heard(Command.DONE))
        evening.listen_out().talk().send(Heard(Command.DONE))
        evening.listen_out().send(Answered("not yet"))
        if evening.checkin.moment is Moment.INVITING:
            evening.listen_out()
    assert evening.checkin.moment is Moment.DIGESTING
    evening.listen_out()
    assert evening.checkin.floor == 1


@pytest.mark.parametrize("speaker", [0, 1])
def test_sr_06_a_pass_is_answered_alike_and_leads_to_the_partner(speaker: int) -> None:
    evening = Evening(starter=speaker).settle()
    assert evening.checkin.floor == speaker
    evening.send(Heard(Command.PASS))
    assert evening.said[-1] == "Passed." or evening.said[-1].startswith("Passed")
    evening.listen_out()
    assert evening.checkin.floor == 1 - speaker
    assert evening.checkin.moment is Moment.THINKING


def test_a_held_topic_is_set_aside_for_both() -> None:
    evening = Evening(evening=1).settle().turn().listen_out().turn().listen_out()
    evening.answer("three", "four")
    assert evening.checkin.step_id == "SF1"
    evening.send(Heard(Command.HOLD))
    evening.listen_out()
    assert Keep("SF1", held=True) in evening.done
    assert evening.checkin.moment is Moment.DONE


def test_any_no_at_the_gate_skips_the_topic_for_both_and_names_nobody() -> None:
    evening = Evening().settle().turn().listen_out().turn().listen_out()
    evening.answer("yes", "pass")
    assert evening.checkin.step_id == "SF2a"
    assert not any("U7 invites" in text for text in evening.said)


def test_pause_is_quiet_at_once_and_lasts_until_go_on() -> None:
    evening = Evening()
    evening.send(TimedOut(), after=1.0)
    assert evening.send(Heard(Command.PAUSE))[0] == Hush()
    evening.send(SpeechEnded(), after=1.0)
    assert evening.checkin.deadline is not None
    assert evening.checkin.deadline - evening.now > 15 * 60 - 5
    evening.send(Heard(Command.GO_ON), after=600.0)
    evening.listen_out()
    assert evening.said[-1] == "O0."
    assert evening.checkin.moment is Moment.ASKING


def test_after_go_on_the_interrupted_sentence_begins_again() -> None:
    evening = Evening().answer("yes", "yes", "yes", "nothing")
    evening.send(Answered("nothing"))
    evening.send(Heard(Command.PAUSE), after=0.5)
    assert evening.said[-2] == "Help is there."
    evening.send(SpeechEnded(), after=1.0)
    evening.send(Heard(Command.GO_ON))
    evening.listen_out()
    assert evening.said.count("Help is there.") == 2
    assert evening.said.count("For anyone.") == 1


def test_repeat_says_the_question_again() -> None:
    evening = Evening().listen_out()
    evening.send(Heard(Command.REPEAT))
    evening.listen_out()
    assert evening.said == ["O0.", "O0."]


def test_slower_lengthens_the_rests_by_a_third_and_faster_takes_it_back() -> None:
    evening = Evening().answer("yes", "yes", "yes", "nothing", "nothing")
    evening.send(Heard(Command.SLOWER))
    evening.send(Heard(Command.FASTER))
    assert evening.checkin.pace.factor == pytest.approx(1.0)
    evening.send(Heard(Command.SLOWER))
    assert evening.checkin.pace.factor == pytest.approx(4 / 3)


def test_louder_and_softer_change_the_next_sentence() -> None:
    evening = Evening().listen_out()
    spoken = [e for e in evening.send(Heard(Command.LOUDER)) if isinstance(e, Speak)]
    assert spoken[0].gain == 3.0


def test_more_time_starts_the_patience_over() -> None:
    evening = Evening().listen_out()
    assert evening.checkin.deadline == evening.now + 20.0
    evening.send(TimedOut(), after=20.0)
    evening.listen_out()
    evening.send(Heard(Command.MORE_TIME))
    evening.listen_out()
    assert evening.checkin.deadline == evening.now + 20.0


def test_help_says_what_one_can_say_and_asks_again() -> None:
    evening = Evening().listen_out()
    evening.send(Heard(Command.HELP))
    evening.listen_out()
    assert evening.said[-2].startswith("Help")
    assert evening.said[-1] == "O0."
    assert evening.checkin.moment is Moment.ASKING


def test_two_cues_then_one_offer_to_rest_then_a_quiet_end() -> None:
    evening = Evening().listen_out()
    began = evening.now
    while not evening.checkin.finished:
        evening.send(TimedOut(), after=(evening.checkin.deadline or 0) - evening.now)
        evening.listen_out()
    assert len(evening.said) == 4
    assert evening.now - began == pytest.approx(900, abs=20)
    assert evening.done[-1] == Finish(Ending.QUIET)


def test_after_two_misses_an_ordinary_question_moves_on() -> None:
    evening = Evening(evening=1).settle().turn().listen_out().turn().listen_out()
    assert evening.checkin.step_id == "SF1a"
    for _ in range(3):
        assert evening.checkin.floor == 1
        evening.send(NotUnderstood(), after=1.0)
        evening.listen_out()
    assert evening.checkin.floor == 0


@pytest.mark.parametrize(
    "wait", [Moment.ASKING, Moment.THINKING, Moment.SHARING, Moment.SAYING_BACK]
)
def test_sr_08_the_closing_words_are_the_same_wherever_one_stops(wait: Moment) -> None:
    evening = Evening().listen_out()
    if wait is not Moment.ASKING:
        evening.settle()
    if wait is Moment.SHARING:
        evening.send(VoiceBegan())
    if wait is Moment.SAYING_BACK:
        evening.talk().send(Heard(Command.DONE))
        evening.listen_out()
    evening.to(wait).said.clear()
    evening.rests.clear()
    evening.send(Heard(Command.STOP))
    evening.send(VoiceEnded())
    evening.listen_out()

    assert evening.said == ["Help is there.", "Good night."]
    assert evening.rests == [1.0, 1.0]
    assert evening.done[-1] == Finish(Ending.STOPPED)


def test_stop_said_twice_is_quiet_at_once() -> None:
    evening = Evening().listen_out()
    evening.send(Heard(Command.STOP))
    evening.send(TimedOut(), after=1.0)
    assert evening.send(Heard(Command.STOP)) == [Hush(), Finish(Ending.STOPPED)]


@pytest.mark.parametrize("command", [Command.FORGET_THAT, Command.FORGET_EVERYTHING])
def test_sr_33_forgetting_is_answered_with_the_ordinary_closing_only(command: Command) -> None:
    evening = Evening().settle()
    evening.said.clear()
    effects = evening.send(Heard(command))
    evening.listen_out()
    assert effects[0] == Forget(command is Command.FORGET_EVERYTHING)
    assert evening.said == ["Help is there.", "Good night."]


def test_ctrl_c_says_one_short_goodbye() -> None:
    evening = Evening().settle()
    evening.said.clear()
    evening.send(Interrupted())
    evening.listen_out()
    assert len(evening.said) == 1
    assert evening.done[-1] == Finish(Ending.INTERRUPTED)


def test_sound_that_is_lost_and_back_asks_the_same_question_again() -> None:
    evening = Evening().answer("yes")
    evening.send(SoundLost())
    assert evening.send(SpeechEnded()) == []
    assert evening.send(Answered("yes")) == []
    evening.send(SoundBack(), after=30.0)
    evening.listen_out()
    assert evening.said[-1] == "One, do you want this?"
    assert evening.checkin.moment is Moment.ASKING


def test_sound_that_stays_away_ends_the_sitting() -> None:
    evening = Evening().listen_out()
    evening.send(SoundLost())
    effects = evening.send(TimedOut(), after=600.0)
    assert effects == [Finish(Ending.SOUND_GONE)]


def test_a_time_out_rests_twenty_minutes_and_returns_to_the_breaths() -> None:
    """SR-26: the sentence that was hot is not taken up again."""
    evening = Evening().settle().talk()
    evening.send(Heard(Command.TIME_OUT))
    evening.rests.clear()
    evening.listen_out()
    assert 1200.0 in evening.rests
    evening.send(Answered("ready"))
    assert evening.checkin.step_id == "A1"


def test_a_branch_that_resumes_invites_the_same_person_again() -> None:
    evening = Evening().settle()
    evening.send(Heard(Command.OVERWHELMED))
    evening.answer("stay")
    assert evening.checkin.moment is Moment.THINKING
    assert evening.checkin.floor == 0
    assert evening.checkin.step_id == "P1"


def test_sr_07_who_begins_alternates_from_step_to_step() -> None:
    evening = Evening(evening=1).settle()
    assert evening.checkin.floor == 0
    evening.turn().listen_out().turn().listen_out().answer("three", "four")
    assert evening.checkin.step_id == "SF1"
    assert evening.checkin.floor == 1


def test_sr_07_both_partners_get_the_same_words_and_rests() -> None:
    evening = Evening().settle()
    turns = []
    for _ in range(2):
        evening.said.clear()
        evening.rests.clear()
        evening.turn()
        words = [text.replace("One", "X").replace("Two", "X") for text in evening.said]
        turns.append((words, list(evening.rests)))
        evening.listen_out()

    assert turns[0] == turns[1]
    assert len(turns[0][0]) == 3


def test_sr_25_no_deep_topic_opens_after_minute_35() -> None:
    evening = Evening().settle()
    evening.now += 36 * 60
    evening.send(Heard(Command.PASS))
    evening.listen_out().send(Heard(Command.PASS))
    evening.listen_out()
    assert evening.checkin.step_id == "SF2a"


def test_sr_25_closing_is_offered_at_45_and_going_on_needs_both() -> None:
    evening = Evening(evening=1).settle()
    evening.now += 46 * 60
    evening.send(Heard(Command.PASS))
    evening.listen_out().send(Heard(Command.PASS))
    evening.listen_out()
    assert evening.checkin.step_id == "OF1"
    evening.answer("yes", "no")
    assert evening.said[-2:] == ["Help is there.", "Good night."]
    assert evening.checkin.ending is Ending.COMPLETED


def test_sr_25_closing_has_begun_by_60() -> None:
    evening = Evening(evening=1).settle()
    evening.now += 61 * 60
    evening.send(Heard(Command.PASS))
    evening.listen_out().send(Heard(Command.PASS))
    evening.listen_out()
    assert evening.said[-3:] == ["C1.", "Help is there.", "Good night."]


def test_the_time_of_a_pause_does_not_count() -> None:
    evening = Evening(evening=1).settle()
    evening.send(Heard(Command.PAUSE))
    evening.send(Heard(Command.GO_ON), after=50 * 60)
    evening.listen_out().send(Heard(Command.PASS))
    evening.listen_out().send(Heard(Command.PASS))
    evening.listen_out()
    assert evening.checkin.step_id == "SF1a"


def test_a_rest_is_stretched_while_somebody_talks() -> None:
    evening = Evening().settle().turn()
    evening.send(SpeechEnded(), after=1.0)
    evening.send(VoiceBegan())
    rest = evening.checkin.deadline
    assert rest is not None
    assert evening.send(TimedOut(), after=rest - evening.now) == []
    assert evening.checkin.deadline == rest + 1.5


def keep_offers() -> Evening:
    """An evening whose couple keeps agreements, up to the question whether to keep the offers."""
    evening = Evening(evening=1).answer("yes", "yes", "yes", "agreements", "agreements", "ready")
    for _ in range(2):
        evening.send(Heard(Command.PASS))
        evening.listen_out()
    evening.answer("three", "four")
    for _ in range(2):
        evening.send(Heard(Command.PASS))
        evening.listen_out()
    return evening.to(Moment.RECORDING)


def test_an_offer_is_announced_recorded_and_played_back_for_each() -> None:
    evening = keep_offers()
    assert evening.said[-1].endswith("say it after the bell.")
    assert isinstance(evening.done[-1], Record)
    evening.send(Recorded(5.0), after=5.0)
    evening.listen_out().to(Moment.RECORDING)
    evening.send(Recorded(5.0), after=5.0)
    evening.listen_out().to(Moment.ASKING)
    assert {e.floor for e in evening.done if isinstance(e, PlayBack)} == {0, 1}
    assert evening.checkin.step_id == "R3"


@pytest.mark.parametrize(
    ("answers", "kept"),
    [(("keep", "keep"), True), (("keep", "let go"), False), (("let go", "keep"), False)],
)
def test_sr_31_offers_are_kept_only_after_two_yeses(answers: tuple[str, str], kept: bool) -> None:
    evening = keep_offers()
    for _ in range(2):
        evening.send(Recorded(5.0), after=5.0)
        evening.listen_out()
    evening.answer(*answers)
    assert [e for e in evening.done if isinstance(e, KeepOffers)] == [KeepOffers(kept)]


def test_doubt_about_keeping_an_offer_lets_it_go() -> None:
    evening = keep_offers()
    for _ in range(2):
        evening.send(Recorded(5.0), after=5.0)
        evening.listen_out()
    for _ in range(6):
        evening.send(NotUnderstood(), after=1.0)
        evening.listen_out()
    assert KeepOffers(False) in evening.done


def test_a_recording_that_never_ends_is_taken_as_silent() -> None:
    evening = keep_offers()
    evening.send(TimedOut(), after=30.0)
    assert evening.checkin.moment is Moment.PLAYING_BACK


def test_after_a_pause_the_offer_is_announced_again() -> None:
    evening = keep_offers()
    evening.send(Heard(Command.PAUSE))
    evening.send(SpeechEnded(), after=1.0)
    evening.send(Heard(Command.GO_ON), after=9.0)
    evening.listen_out().to(Moment.RECORDING)
    assert evening.said[-1].endswith("say it after the bell.")


def test_passing_an_offer_drops_what_was_recorded() -> None:
    evening = keep_offers()
    assert KeepOffers(False) in evening.send(Heard(Command.PASS))


def test_nothing_is_recorded_where_nothing_is_kept() -> None:
    evening = Evening(evening=1).settle()
    while not evening.checkin.finished:
        evening.listen_out()
        evening.send(Heard(Command.PASS))
        evening.listen_out()
    assert not any(isinstance(e, Record | PlayBack | KeepOffers) for e in evening.done)


def test_a_bell_hands_over() -> None:
    evening = Evening().settle().talk()
    evening.send(Heard(Command.DONE))
    evening.listen_out()
    assert Chime("hand_over", "P1") in evening.done


def test_answers_are_listened_for_only_after_the_question() -> None:
    evening = Evening()
    assert evening.done == [Listen((), False, "O0")]
    evening.listen_out()
    assert evening.done[-1] == Listen(("yes", "not now"), False, "O0")
