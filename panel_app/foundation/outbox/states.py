"""Messages: where one stands, and what may become of it."""

from enum import StrEnum

from panel_app.foundation.states import Doing, Party, Standing, States, Tone
from panel_app.foundation.words import N_


class MessageState(StrEnum):
    """Where a notification stands. What failed once and is tried again stands at `pending`."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"
    SUPERSEDED = "superseded"
    SUPPRESSED = "suppressed"
    DEAD = "dead"


class MessageAct(StrEnum):
    """What becomes of a message. `take_over`: its sender died and its claim ran out."""

    CLAIM = "claim"
    TAKE_OVER = "take_over"
    DELIVER = "deliver"
    PUT_BACK = "put_back"
    REFUSE = "refuse"
    GIVE_UP = "give_up"
    SUPPRESS = "suppress"
    SKIP = "skip"
    SUPERSEDE = "supersede"
    CANCEL = "cancel"
    RESEND = "resend"


S, A = MessageState, MessageAct
UNDELIVERED = frozenset({S.FAILED, S.SUPPRESSED, S.DEAD})
"""It did not reach its reader, and nobody tries again: a coordinator decides."""

MESSAGE = States(
    N_("message"),
    start=S.PENDING,
    states={
        S.PENDING: Standing(N_("To be sent"), Tone.WAIT),
        S.SENDING: Standing(N_("Being sent"), Tone.WAIT),
        S.SENT: Standing(N_("Sent"), Tone.GOOD),
        S.FAILED: Standing(N_("Refused by the mail server"), Tone.BAD),
        S.CANCELLED: Standing(N_("Cancelled"), Tone.NOTE),
        S.SKIPPED: Standing(N_("Not sent: settled before"), Tone.NOTE),
        S.SUPERSEDED: Standing(N_("Replaced by a newer message"), Tone.NOTE),
        S.SUPPRESSED: Standing(N_("Not sent: the address was refused"), Tone.BAD),
        S.DEAD: Standing(N_("Given up after many tries"), Tone.BAD),
    },
    acts={
        A.CLAIM: Doing(N_("Start sending"), who=Party.SYSTEM),
        A.TAKE_OVER: Doing(N_("Take over from a sender that died"), who=Party.SYSTEM),
        A.DELIVER: Doing(N_("Mark as sent"), Tone.GOOD, Party.SYSTEM),
        A.PUT_BACK: Doing(N_("Try again later"), Tone.WAIT, Party.SYSTEM),
        A.REFUSE: Doing(N_("Mark as refused"), Tone.BAD, Party.SYSTEM),
        A.GIVE_UP: Doing(N_("Give up"), Tone.BAD, Party.SYSTEM),
        A.SUPPRESS: Doing(N_("Hold back: the address was refused"), Tone.BAD, Party.SYSTEM),
        A.SKIP: Doing(N_("Skip: settled before"), who=Party.SYSTEM),
        A.SUPERSEDE: Doing(N_("Replace by a newer message"), who=Party.SYSTEM),
        A.CANCEL: Doing(N_("Don't send"), done=N_("The message will not be sent.")),
        A.RESEND: Doing(N_("Send again"), Tone.GOOD, done=N_("The message is on its way again.")),
    },
    moves={
        (S.PENDING, A.CLAIM): S.SENDING,
        (S.PENDING, A.SKIP): S.SKIPPED,
        (S.PENDING, A.SUPERSEDE): S.SUPERSEDED,
        (S.PENDING, A.SUPPRESS): S.SUPPRESSED,
        (S.PENDING, A.CANCEL): S.CANCELLED,
        (S.SENDING, A.TAKE_OVER): S.SENDING,
        (S.SENDING, A.DELIVER): S.SENT,
        (S.SENDING, A.PUT_BACK): S.PENDING,
        (S.SENDING, A.REFUSE): S.FAILED,
        (S.SENDING, A.GIVE_UP): S.DEAD,
        (S.FAILED, A.RESEND): S.PENDING,
        (S.SUPPRESSED, A.RESEND): S.PENDING,
        (S.DEAD, A.RESEND): S.PENDING,
    },
)
