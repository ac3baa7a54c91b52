"""Jobs: where one stands, and what may become of it."""

from enum import StrEnum

from panel_app.foundation.states import Doing, Party, Standing, States, Tone
from panel_app.foundation.words import N_


class JobState(StrEnum):
    """Where a job stands. What failed once and is tried again stands at `pending`."""

    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


class JobAct(StrEnum):
    """What becomes of a job. `take_over`: its process died and its claim ran out."""

    CLAIM = "claim"
    TAKE_OVER = "take_over"
    FINISH = "finish"
    PUT_BACK = "put_back"
    GIVE_UP = "give_up"


S, A = JobState, JobAct

JOB = States(
    N_("job"),
    start=S.PENDING,
    states={
        S.PENDING: Standing(N_("To be done"), Tone.WAIT),
        S.RUNNING: Standing(N_("At work"), Tone.WAIT),
        S.DONE: Standing(N_("Done"), Tone.GOOD),
        S.DEAD: Standing(N_("Given up after many tries"), Tone.BAD),
    },
    acts={
        A.CLAIM: Doing(N_("Start the work"), who=Party.SYSTEM),
        A.TAKE_OVER: Doing(N_("Take over from a process that died"), who=Party.SYSTEM),
        A.FINISH: Doing(N_("Mark as done"), Tone.GOOD, Party.SYSTEM),
        A.PUT_BACK: Doing(N_("Try again later"), Tone.WAIT, Party.SYSTEM),
        A.GIVE_UP: Doing(N_("Give up"), Tone.BAD, Party.SYSTEM),
    },
    moves={
        (S.PENDING, A.CLAIM): S.RUNNING,
        (S.RUNNING, A.TAKE_OVER): S.RUNNING,
        (S.RUNNING, A.FINISH): S.DONE,
        (S.RUNNING, A.PUT_BACK): S.PENDING,
        (S.RUNNING, A.GIVE_UP): S.DEAD,
    },
)
