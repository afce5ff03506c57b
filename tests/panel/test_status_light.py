"""What the light tells during a sitting."""

from voicecheckin.conversation.messages import Hush, SoundBack, SoundLost, Speak, SpeechEnded
from voicecheckin.panel.light import Light, Sign
from voicecheckin.panel.status_light import StatusLight


class Seen:
    """A lamp that remembers."""

    def __init__(self) -> None:
        self.signs: list[Sign | None] = []

    def show(self, sign: Sign | None) -> None:
        self.signs.append(sign)

    def close(self) -> None:
        self.signs.append(None)


def test_it_tells_speaking_listening_pause_and_lost_sound_apart() -> None:
    lamp, paused = Seen(), [False]
    status_light = StatusLight(Light(lamp), lambda: paused[0])
    status_light.did(Speak("Hello."), 0.0)
    status_light.saw(SpeechEnded(), 1.0)
    paused[0] = True
    status_light.did(Speak("We pause."), 2.0)
    status_light.saw(SpeechEnded(), 3.0)
    status_light.saw(SoundLost(), 4.0)
    status_light.did(Hush(), 4.0)
    paused[0] = False
    status_light.saw(SoundBack(), 5.0)
    status_light.did(Speak("It is back."), 5.0)
    assert lamp.signs == [
        *(Sign.SPEAKING, Sign.LISTENING, Sign.PAUSED, Sign.LOST, Sign.LISTENING, Sign.SPEAKING)
    ]


def test_sr_34_waiting_with_a_closed_microphone_is_dark_and_with_an_open_one_is_not() -> None:
    lamp = Seen()
    light = Light(lamp)
    light.show(Sign.WAITING)
    light.microphone(open=True)
    light.microphone(open=False)
    light.microphone(open=True)
    light.close()
    assert lamp.signs == [Sign.WAITING, None, Sign.WAITING, None]
