"""Every moment of the conversation, and every move between them.

Anything that is not listed here is ignored. Moves with the same trigger and source are tried in
this order. All callbacks are methods of `CheckIn`, named here and nowhere else.
"""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple


class Moment(Enum):
    """Where the conversation is."""

    READY = "ready"
    BETWEEN = "between"
    TELLING = "telling"
    SETTLING = "settling"
    ASKING = "asking"
    REPLYING = "replying"
    INVITING = "inviting"
    THINKING = "thinking"
    SHARING = "sharing"
    MORE = "more?"
    RECEIVING = "receiving"
    HANDING_OVER = "handing over"
    SAYING_BACK = "saying back"
    FELT_HEARD = "felt heard?"
    DIGESTING = "digesting"
    ANNOUNCING = "announcing"
    RECORDING = "recording"
    PLAYING_BACK = "playing back"
    CLOSING = "closing"
    FAREWELL = "farewell"
    DONE = "done"


class Move(NamedTuple):
    """One row of the table."""

    trigger: str
    source: Moment | Sequence[Moment]
    dest: Moment | None
    """None: stay, without entering again."""
    conditions: str | None = None
    before: str | None = None
    after: str | None = None


class Holding(Enum):
    """Whether the conversation flows; this runs beside the moments."""

    FLOWING = "flowing"
    PAUSED = "paused"
    LOST = "sound lost"


class Hold(NamedTuple):
    """One row of the holding table."""

    trigger: str
    source: Holding | Sequence[Holding]
    dest: Holding
    conditions: str | None = None
    before: str | None = None


M = Moment
TURN = [M.INVITING, M.THINKING, M.SHARING, M.MORE, M.RECEIVING]
"""Moments in which the speaker has the floor."""
REPLY = [M.HANDING_OVER, M.SAYING_BACK, M.FELT_HEARD]
"""Moments that belong to the answer to a turn."""
LISTENING = [M.ASKING, M.THINKING, M.SHARING, M.MORE, M.SAYING_BACK, M.FELT_HEARD]
"""Moments in which the device listens once it has spoken."""
UNDER_WAY = [moment for moment in M if moment not in (M.CLOSING, M.FAREWELL, M.DONE)]

MOVES = [
    Move("start", M.READY, M.BETWEEN),
    # The next step, chosen by `choose_next`, begins.
    Move("tell", M.BETWEEN, M.TELLING),
    Move("settle", M.BETWEEN, M.SETTLING),
    Move("ask", M.BETWEEN, M.ASKING),
    Move("invite", M.BETWEEN, M.INVITING),
    Move("hand_over", M.BETWEEN, M.HANDING_OVER),
    Move("check_heard", M.BETWEEN, M.FELT_HEARD),
    Move("digest", M.BETWEEN, M.DIGESTING),
    Move("announce", M.BETWEEN, M.ANNOUNCING),
    Move("replay", M.BETWEEN, M.PLAYING_BACK),
    # Everything that was to be said has been said.
    Move("said", [M.TELLING, M.SETTLING, M.REPLYING], M.BETWEEN),
    Move("said", M.INVITING, M.SHARING, conditions="somebody_speaks"),
    Move("said", M.INVITING, M.THINKING),
    Move("said", M.RECEIVING, M.HANDING_OVER),
    Move("said", M.HANDING_OVER, M.SAYING_BACK),
    Move("said", M.DIGESTING, M.INVITING, conditions="other_shares_next", before="turn_to_other"),
    Move("said", M.DIGESTING, M.BETWEEN),
    Move("said", M.ANNOUNCING, M.RECORDING),
    Move("said", M.RECORDING, M.ANNOUNCING),  # something was said in between: once more
    Move("said", M.PLAYING_BACK, M.ANNOUNCING, "other_records_next", before="record_other"),
    Move("said", M.PLAYING_BACK, M.BETWEEN),
    Move("said", [M.CLOSING, M.FAREWELL], M.DONE),
    Move("said", LISTENING, None, after="open_ears"),
    # A turn: speech that resumes re-opens it, also when the next prompt has begun.
    Move("voice_began", M.MORE, M.SAYING_BACK, conditions="listener_has_floor"),
    Move("voice_began", [M.THINKING, M.MORE, M.RECEIVING, M.HANDING_OVER], M.SHARING),
    Move("voice_began", [M.SHARING, M.SAYING_BACK], None, after="withdraw"),
    # Silence: asked about, never cut.
    Move("silence", M.SHARING, M.MORE),
    Move("silence", M.SAYING_BACK, M.MORE, conditions="has_spoken"),
    Move("silence", M.MORE, M.FELT_HEARD, conditions="listener_has_floor"),
    Move("silence", M.MORE, M.RECEIVING),
    Move("silence", [M.ASKING, M.THINKING, M.SAYING_BACK, M.FELT_HEARD], None, after="cue"),
    # The one who has the floor says that it is enough, or not yet.
    Move("finish_turn", [M.SHARING, M.MORE, M.SAYING_BACK], M.FELT_HEARD, "listener_has_floor"),
    Move("finish_turn", [M.THINKING, M.SHARING, M.MORE], M.RECEIVING),
    Move("continue_turn", M.MORE, M.SAYING_BACK, conditions="listener_has_floor"),
    Move("continue_turn", M.MORE, M.THINKING),
    # An offer in one's own voice.
    Move("recorded", M.RECORDING, M.PLAYING_BACK),
    Move("silence", M.RECORDING, M.PLAYING_BACK),
    # Answers.
    Move("answered", M.ASKING, M.ASKING, conditions="another_is_asked", before="ask_other"),
    Move("answered", M.ASKING, M.REPLYING),
    Move("answered", M.FELT_HEARD, M.INVITING, conditions="tries_once_more", before="try_again"),
    Move("answered", M.FELT_HEARD, M.DIGESTING),
    # Passing and setting aside.
    Move("pass_over", [M.TELLING, M.SETTLING, M.PLAYING_BACK], M.BETWEEN),
    Move("pass_over", [M.ANNOUNCING, M.RECORDING], M.BETWEEN, before="drop_offers"),
    Move("pass_over", TURN + REPLY, M.DIGESTING),
    Move("move_along", [M.SETTLING, M.DIGESTING], None, after="end_rest"),
    # From anywhere.
    Move("interpose", UNDER_WAY, M.BETWEEN),
    Move("close", UNDER_WAY, M.CLOSING),
    Move("fall_quiet", list(M), M.DONE),
    Move("interrupt", M.FAREWELL, M.DONE),
    Move("interrupt", [m for m in M if m is not M.DONE], M.FAREWELL),
]

ENTERING = {
    M.BETWEEN: "choose_next",
    M.TELLING: "begin_telling",
    M.SETTLING: "begin_telling",
    M.ASKING: "begin_asking",
    M.REPLYING: "begin_replying",
    M.INVITING: "begin_inviting",
    M.THINKING: "begin_thinking",
    M.SHARING: "begin_sharing",
    M.MORE: "begin_more",
    M.RECEIVING: "begin_receiving",
    M.HANDING_OVER: "begin_handing_over",
    M.SAYING_BACK: "begin_saying_back",
    M.FELT_HEARD: "begin_felt_heard",
    M.DIGESTING: "begin_digesting",
    M.ANNOUNCING: "begin_announcing",
    M.RECORDING: "begin_recording",
    M.PLAYING_BACK: "begin_playing_back",
    M.CLOSING: "begin_closing",
    M.FAREWELL: "begin_farewell",
    M.DONE: "finish",
}

H = Holding
HOLDS = [
    Hold("pause", H.FLOWING, H.PAUSED),
    Hold("go_on", H.PAUSED, H.FLOWING),
    Hold("lose_sound", [H.FLOWING, H.PAUSED], H.LOST, before="note_pause"),
    Hold("regain_sound", H.LOST, H.PAUSED, conditions="was_paused"),
    Hold("regain_sound", H.LOST, H.FLOWING),
    Hold("release", list(H), H.FLOWING),
]
