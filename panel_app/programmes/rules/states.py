"""Where rubrics and rounds stand, and which act leads from where to where."""

from enum import StrEnum

from panel_app.foundation.states import Doing, Party, Standing, States, Tone
from panel_app.foundation.words import N_


class RubricState(StrEnum):
    """Draft, then published: from then on unchangeable, also by SQL."""

    DRAFT = "draft"
    PUBLISHED = "published"


class RubricMove(StrEnum):
    """What leads a rubric on."""

    PUBLISH = "publish"


RUBRIC = States(
    N_("rubric"),
    start=RubricState.DRAFT,
    states={
        RubricState.DRAFT: Standing(N_("Draft"), Tone.WAIT),
        RubricState.PUBLISHED: Standing(N_("Published"), Tone.GOOD),
    },
    acts={RubricMove.PUBLISH: Doing(N_("Publish the rubric"), Tone.GOOD, Party.SYSTEM)},
    moves={(RubricState.DRAFT, RubricMove.PUBLISH): RubricState.PUBLISHED},
)


class RoundState(StrEnum):
    """A round is prepared, then published (rubric pinned, promised policy frozen), then ended."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ENDED = "ended"


class RoundMove(StrEnum):
    """What leads a round from one state to the next."""

    PUBLISH = "publish"
    END = "end"


ROUND = States(
    "round",
    start=RoundState.DRAFT,
    states={
        RoundState.DRAFT: Standing(N_("Draft"), Tone.WAIT),
        RoundState.PUBLISHED: Standing(N_("Published"), Tone.GOOD),
        RoundState.ENDED: Standing(N_("Ended"), Tone.NOTE),
    },
    acts={
        RoundMove.PUBLISH: Doing(N_("Publish the round"), Tone.GOOD, Party.COORDINATOR, done=N_("Published.")),
        RoundMove.END: Doing(N_("End the round"), Tone.NOTE, Party.COORDINATOR, done=N_("Ended.")),
    },
    moves={
        (RoundState.DRAFT, RoundMove.PUBLISH): RoundState.PUBLISHED,
        (RoundState.PUBLISHED, RoundMove.END): RoundState.ENDED,
    },
)
