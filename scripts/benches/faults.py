"""How long the sound is gone after its devices were unplugged, on a sound stack made of software.

    scripts/bench faults [--times 20] [--away 2.0]

Each time both devices of a running stream are taken away, put back *away* seconds later under
other numbers, and the first frame that is heard again is awaited.
"""

import os
import threading
import time

from benches._tables import Table, bar, middle_and_late, parser, show

from tests.sound_stack import SoundStack, sound_stack
from voicecheckin.errors import DeviceLost
from voicecheckin.sound import portaudio
from voicecheckin.sound.card import CardSound
from voicecheckin.sound.frames import silence
from voicecheckin.sound.portaudio import quiet_libraries

LOOK_AGAIN = 1.0
"""Seconds between two looks, as in a sitting."""


def settle(sound: CardSound) -> None:
    """Let a second go by; a busy machine may raise a false alarm, which is not what is measured."""
    heard = 0
    while heard < 30:
        try:
            sound.exchange(silence())
            heard += 1
        except DeviceLost:
            heard = 0
            while not sound.reopen(LOOK_AGAIN):
                pass


def once(stack: SoundStack, sound: CardSound, away: float) -> tuple[float, float]:
    """Unplug and plug in again; seconds until it was noticed, and until sound was back."""
    settle(sound)
    unplugged = time.monotonic()
    stack.unplug()
    plugged = [0.0]

    def plug() -> None:
        stack.plug("room", "speaker")
        plugged[0] = time.monotonic()

    threading.Timer(away, plug).start()
    try:
        while True:
            sound.exchange(silence())
    except DeviceLost:
        noticed = time.monotonic() - unplugged
    while not sound.reopen(LOOK_AGAIN):
        pass
    sound.exchange(silence())
    return noticed, time.monotonic() - plugged[0]


def main() -> None:
    """Measure and print."""
    options = parser("faults", __doc__)
    options.add_argument("--times", type=int, default=20, help="how often (20)")
    options.add_argument("--away", type=float, default=2.0, help="seconds (2)")
    chosen = options.parse_args()
    quiet_libraries()
    with sound_stack() as stack:
        os.environ.update(stack.variables)
        portaudio.restart()
        sound = CardSound()
        found = [once(stack, sound, chosen.away) for _ in bar(range(chosen.times), "unplugging")]
        sound.close()
    noticed, back = zip(*found, strict=True)
    rows = [
        ("from unplugging them until that was noticed", *middle_and_late(noticed)),
        ("from plugging them in until sound flowed again", *middle_and_late(back)),
    ]
    title = f"Devices that were unplugged, {chosen.times} times"
    show([Table(title, ("", "median", "95 %"), rows)], chosen.json)


if __name__ == "__main__":
    main()
