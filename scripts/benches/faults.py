"""How long the sound is gone after its devices were unplugged, on a sound stack made of software.

    scripts/bench faults [--times 20] [--away 2.0]

Each time both devices of a running stream are taken away, put back *away* seconds later under
other numbers, and the first frame that is heard again is awaited. Prints seconds: from taking
them away until that was noticed, and from the moment they were back until sound flowed again.
"""

import argparse
import os
import statistics
import threading
import time

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
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--away", type=float, default=2.0)
    options = parser.parse_args()
    quiet_libraries()
    with sound_stack() as stack:
        os.environ.update(stack.variables)
        portaudio.restart()
        sound = CardSound()
        found = [once(stack, sound, options.away) for _ in range(options.times)]
        sound.close()
    for title, numbers in zip(("noticed", "back"), zip(*found, strict=True), strict=True):
        print(
            f"{title}: median {statistics.median(numbers):.2f} s, "
            f"from {min(numbers):.2f} to {max(numbers):.2f} s, {len(numbers)} times"
        )
    print(f"load: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
