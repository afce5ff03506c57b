"""Every state of a sitting, and every move between them, one table for each kind of flow.

Anything that is not listed is ignored. The callbacks are methods of the object that owns the table,
named here and nowhere else.
"""

from enum import Enum

from voicecheckin.conversation.machine import Move, Table


class State(Enum):
    """What is going on."""

    READY = "ready"
    TELLING = "telling"
    SETTLING = "settling"
    ASKING = "asking"
    REPLYING = "replying"
    INVITING = "inviting"
    THINKING = "thinking"
    SHARING = "sharing"
    MORE = "more?"
    LEAVING_OFF = "leaving off?"
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


class Trigger(Enum):
    """What happens to a flow."""

    BEGIN = "begin"
    RESUME = "resume"
    """What was put in between is over."""
    SAID = "said"
    """Everything that was to be said has been said."""
    VOICE_BEGAN = "voice began"
    SILENCE = "silence"
    """The silence that was waited for has passed."""
    FINISH_TURN = "finish turn"
    """It is enough, or there is no more."""
    CONTINUE_TURN = "continue turn"
    """There is more."""
    LEAVE_OFF = "leave off"
    """Somebody passes in the middle of a turn: whose turn it is is asked."""
    ANSWERED = "answered"
    SKIP_REPLY = "skip reply"
    """Somebody passes something that may be said to a turn, and need not."""
    RECORDED = "recorded"
    GIVE_UP = "give up"
    """Nobody has answered for very long."""
    PASS_OVER = "pass over"


S, T = State, Trigger
TURN = (S.INVITING, S.THINKING, S.SHARING, S.MORE, S.LEAVING_OFF, S.RECEIVING)
"""States in which the speaker has the floor."""
REPLY = (S.HANDING_OVER, S.SAYING_BACK, S.FELT_HEARD)
"""States that belong to the answer to a turn."""
CLOSED = (S.ASKING, S.FELT_HEARD)
"""States in which a closed question waits for its answer."""
LISTENING = (*CLOSED, S.THINKING, S.SHARING, S.MORE, S.LEAVING_OFF, S.SAYING_BACK)
"""States in which the device listens once it has spoken."""

TELLING = Table(
    [
        Move(T.BEGIN, S.READY, S.SETTLING, "is_a_rest"),
        Move(T.BEGIN, S.READY, S.TELLING),
        Move(T.RESUME, S.SETTLING, S.SETTLING),
        Move(T.RESUME, S.TELLING, S.TELLING),
        Move(T.SAID, [S.TELLING, S.SETTLING], S.DONE),
        Move(T.PASS_OVER, [S.TELLING, S.SETTLING], S.DONE),
    ],
    {S.TELLING: "tell", S.SETTLING: "tell"},
)

QUESTION = Table(
    [
        Move(T.BEGIN, S.READY, S.ASKING),
        Move(T.RESUME, S.ASKING, S.ASKING),
        Move(T.RESUME, S.REPLYING, S.REPLYING),
        Move(T.SAID, S.ASKING, None, after="open_ears"),
        Move(T.SILENCE, S.ASKING, None, after="meet_silence"),
        Move(T.ANSWERED, S.ASKING, S.ASKING, "another_is_asked", before="ask_other"),
        Move(T.ANSWERED, S.ASKING, S.REPLYING, before="conclude"),
        Move(T.SAID, S.REPLYING, S.DONE),
        Move(T.GIVE_UP, S.ASKING, S.DONE),
    ],
    {S.ASKING: "ask", S.REPLYING: "reply"},
)

TRIAD = Table(
    [
        Move(T.BEGIN, S.READY, S.INVITING),
        Move(T.RESUME, S.INVITING, S.INVITING),
        Move(
            T.RESUME,
            [S.THINKING, S.SHARING, S.MORE, S.LEAVING_OFF],
            S.INVITING,
            before="carry_on",
        ),
        Move(T.RESUME, S.RECEIVING, S.RECEIVING),
        Move(T.RESUME, [S.HANDING_OVER, S.SAYING_BACK], S.HANDING_OVER),
        Move(T.RESUME, S.FELT_HEARD, S.FELT_HEARD),
        Move(T.RESUME, S.DIGESTING, S.DIGESTING),
        # Everything that was to be said has been said.
        Move(T.SAID, S.INVITING, S.SHARING, "somebody_speaks"),
        Move(T.SAID, S.INVITING, S.THINKING),
        Move(T.SAID, S.RECEIVING, S.HANDING_OVER, "is_answered"),
        Move(T.SAID, S.RECEIVING, S.DIGESTING),
        Move(T.SAID, S.HANDING_OVER, S.SAYING_BACK),
        Move(T.SAID, S.DIGESTING, S.INVITING, "other_shares_next", before="turn_to_other"),
        Move(T.SAID, S.DIGESTING, S.DONE),
        Move(
            T.SAID,
            [S.THINKING, S.SHARING, S.MORE, S.LEAVING_OFF, S.SAYING_BACK, S.FELT_HEARD],
            None,
            after="open_ears",
        ),
        # Speech that resumes re-opens a turn, also when the next prompt has begun.
        Move(
            T.VOICE_BEGAN,
            [S.THINKING, S.MORE, S.LEAVING_OFF, S.RECEIVING],
            S.SHARING,
        ),
        Move(T.VOICE_BEGAN, S.HANDING_OVER, S.SHARING, "turn_is_open"),
        Move(T.VOICE_BEGAN, [S.HANDING_OVER, S.FELT_HEARD], S.SAYING_BACK, "still_asking"),
        Move(T.VOICE_BEGAN, [S.SHARING, S.SAYING_BACK], None, after="withdraw"),
        # Silence: asked about once, never cut; a reply is left as it is.
        Move(T.SILENCE, S.SHARING, S.MORE, "is_asked_for_more"),
        Move(T.SILENCE, [S.SHARING, S.MORE], S.RECEIVING),
        Move(T.SILENCE, S.LEAVING_OFF, S.DIGESTING, before="pass_turn"),
        Move(T.SILENCE, S.SAYING_BACK, None, "reply_is_awaited", after="meet_silence"),
        Move(T.SILENCE, [S.THINKING, S.FELT_HEARD], None, after="meet_silence"),
        Move(T.GIVE_UP, [S.THINKING, S.SAYING_BACK, S.FELT_HEARD], S.DONE),
        # A reply is over: there is a second thing to say to a turn, or the speaker is asked.
        Move(
            [T.SILENCE, T.FINISH_TURN, T.SKIP_REPLY],
            S.SAYING_BACK,
            S.HANDING_OVER,
            "is_answered_further",
            before="answer_further",
        ),
        Move([T.SILENCE, T.FINISH_TURN, T.SKIP_REPLY], S.SAYING_BACK, S.FELT_HEARD, "is_checked"),
        Move([T.SILENCE, T.FINISH_TURN, T.SKIP_REPLY], S.SAYING_BACK, S.DIGESTING),
        # It is enough, or not yet; anyone may say so, and whose turn it is is asked.
        Move(T.FINISH_TURN, S.SHARING, S.MORE, "was_not_asked_for_more"),
        Move(T.FINISH_TURN, S.THINKING, S.DIGESTING, before="pass_turn"),  # nothing was said
        Move(T.FINISH_TURN, [S.SHARING, S.MORE], S.RECEIVING),
        Move(T.CONTINUE_TURN, [S.MORE, S.SHARING, S.LEAVING_OFF], S.THINKING),
        Move(T.LEAVE_OFF, [S.SHARING, S.MORE], S.LEAVING_OFF),
        Move(T.ANSWERED, S.FELT_HEARD, S.INVITING, "tries_once_more", before="try_again"),
        Move(T.ANSWERED, S.FELT_HEARD, S.DIGESTING),
        Move(T.PASS_OVER, [*TURN, *REPLY], S.DIGESTING, before="pass_turn"),
    ],
    {
        S.INVITING: "invite",
        S.THINKING: "let_think",
        S.SHARING: "let_share",
        S.MORE: "ask_for_more",
        S.LEAVING_OFF: "ask_to_leave_off",
        S.RECEIVING: "receive",
        S.HANDING_OVER: "hand_over",
        S.SAYING_BACK: "let_say_back",
        S.FELT_HEARD: "check_heard",
        S.DIGESTING: "digest",
    },
)

RECORDING = Table(
    [
        Move(T.BEGIN, S.READY, S.ANNOUNCING),
        Move(T.RESUME, [S.ANNOUNCING, S.RECORDING], S.ANNOUNCING),
        Move(T.RESUME, S.PLAYING_BACK, S.PLAYING_BACK),
        Move(T.SAID, S.ANNOUNCING, S.RECORDING),
        Move(T.SAID, S.RECORDING, S.ANNOUNCING),  # something was said in between: once more
        Move(T.RECORDED, S.RECORDING, S.PLAYING_BACK),
        Move(T.SILENCE, S.RECORDING, S.PLAYING_BACK),
        Move(T.SAID, S.PLAYING_BACK, S.ANNOUNCING, "other_records_next", before="turn_to_other"),
        Move(T.SAID, S.PLAYING_BACK, S.DONE),
        Move(T.PASS_OVER, S.PLAYING_BACK, S.DONE),
        Move(T.PASS_OVER, [S.ANNOUNCING, S.RECORDING], S.DONE, before="drop"),
    ],
    {S.ANNOUNCING: "announce", S.RECORDING: "record", S.PLAYING_BACK: "play_back"},
)

PARTING = Table(
    [
        Move(T.BEGIN, S.READY, S.FAREWELL, "in_a_hurry"),
        Move(T.BEGIN, S.READY, S.CLOSING),
        Move(T.SAID, [S.CLOSING, S.FAREWELL], S.DONE),
    ],
    {S.CLOSING: "say_goodnight", S.FAREWELL: "say_goodbye"},
)

TABLES = {
    "something is told": TELLING,
    "a closed question": QUESTION,
    "a turn and its answer": TRIAD,
    "an offer in one's own voice": RECORDING,
    "the end": PARTING,
}
"""The table of each kind of flow, by what it is for."""


class Suspended(Enum):
    """Whether the conversation flows; this runs beside every flow."""

    FLOWING = "flowing"
    PAUSED = "paused"
    LOST = "sound lost"


class Hold(Enum):
    """What makes a conversation stand still, or move again."""

    PAUSE = "pause"
    GO_ON = "go on"
    LOSE_SOUND = "lose sound"
    REGAIN_SOUND = "regain sound"
    RELEASE = "release"


SUSPENSION = Table(
    [
        Move(Hold.PAUSE, Suspended.FLOWING, Suspended.PAUSED),
        Move(Hold.GO_ON, Suspended.PAUSED, Suspended.FLOWING),
        Move(
            Hold.LOSE_SOUND,
            [Suspended.FLOWING, Suspended.PAUSED],
            Suspended.LOST,
            before="note_pause",
        ),
        Move(Hold.REGAIN_SOUND, Suspended.LOST, Suspended.PAUSED, "was_paused"),
        Move(Hold.REGAIN_SOUND, Suspended.LOST, Suspended.FLOWING),
        Move(Hold.RELEASE, list(Suspended), Suspended.FLOWING),
    ]
)
