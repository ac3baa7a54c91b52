"""The two policies of a round: what it promises, frozen at publication, and how it works, in versions.

No field has a default: a policy that is read back lacks nothing, or is refused. `default_promise` and
`default_working` say what a new round starts with; publication writes every value out, so that a later change of
these defaults never reaches a published round.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import time
from typing import TypeVar

from panel_app.foundation.actors import Role

Json = Mapping[str, object]
STANDARD = "standard"
"""The reminder setting of rules that the policy does not name."""


@dataclass(frozen=True)
class RubricPin:
    """Which rubric the promise is about; `digest` is the SHA-256 of its data."""

    programme: str
    version: str
    digest: str


@dataclass(frozen=True)
class PromisedPolicy:
    """What a round promises. `assessors`: part of the rubric → how many. Days count from the release.

    `decision` and `discrepancy` stand as in the rubric's data, bands included; moderation's rules read them.
    `may_sign` and `may_release` name roles in the round.
    """

    rubric: RubricPin
    assessors: Mapping[str, int]
    decision: Json
    discrepancy: Json
    signers_needed: int
    may_sign: tuple[str, ...]
    may_release: tuple[str, ...]
    grace_seconds: int
    appeal_days: int
    resubmission_days: int
    resubmissions: int

    @classmethod
    def read(cls, block: Json) -> "PromisedPolicy":
        """Read a policy back. Raises ValueError for a missing or surplus entry, or a number out of bounds."""
        given = _whole(cls, block)
        assessors = {code: _count(number, least=1) for code, number in _block(given["assessors"]).items()}
        if not assessors:
            raise ValueError("assessors: no part of the rubric is named")
        counts = ("grace_seconds", "appeal_days", "resubmission_days", "resubmissions")
        return cls(
            rubric=RubricPin(**{name: str(text) for name, text in _whole(RubricPin, given["rubric"]).items()}),
            assessors=assessors,
            decision=_block(given["decision"]),
            discrepancy=_block(given["discrepancy"]),
            signers_needed=_count(given["signers_needed"], least=1),
            may_sign=_roles(given["may_sign"]),
            may_release=_roles(given["may_release"]),
            **{name: _count(given[name]) for name in counts},
        )

    def block(self) -> dict[str, object]:
        """Return every value as JSON, for storing; `read` takes it back."""
        return asdict(self)


@dataclass(frozen=True)
class ReminderSetting:
    """When a reminder rule speaks: so many days before, on the day, then every n days, and when it tells a coordinator.

    None for `overdue_every_days` or `escalate_after_days` means never.
    """

    is_on: bool
    before_due_days: tuple[int, ...]
    on_due: bool
    overdue_every_days: int | None
    escalate_after_days: int | None

    @classmethod
    def read(cls, block: object) -> "ReminderSetting":
        """Read a setting back. Raises ValueError as the policies do."""
        given = _whole(cls, block)
        every, escalate = given["overdue_every_days"], given["escalate_after_days"]
        return cls(
            is_on=_yes_or_no(given["is_on"]),
            before_due_days=tuple(sorted((_count(n, least=1) for n in _list(given["before_due_days"])), reverse=True)),
            on_due=_yes_or_no(given["on_due"]),
            overdue_every_days=None if every is None else _count(every, least=1),
            escalate_after_days=None if escalate is None else _count(escalate),
        )


SINCE: Json = {"grace_minutes": 0}
"""Entries that versions from before they came lack, with how those rounds work: a default never reaches them."""


@dataclass(frozen=True)
class WorkingPolicy:
    """How a round works. Days to answer count from the offer, from the opening of a case, from the proposal.

    For `grace_minutes` an assessor may take a submitted sheet back.

    `sampling_percent` of clear passes are looked at, at least the square root of the round's size when
    `sampling_at_least_root`. `triggers` and `reminders` are keyed by the rule's name; `tolerances` are decimal texts.
    `remind_at` is a time of day (HH:MM) in the round's zone; between `quiet_from` and `quiet_until`, in the reader's
    zone, no reminder is sent (equal ends: any time).
    """

    triggers: Mapping[str, bool]
    other_triggers: bool
    sampling_percent: int
    sampling_at_least_root: bool
    offer_days: int
    case_days: int
    sign_off_days: int
    tolerances: Mapping[str, str]
    reminders: Mapping[str, ReminderSetting]
    remind_at: str
    quiet_from: str
    quiet_until: str
    grace_minutes: int

    @classmethod
    def read(cls, block: Json) -> "WorkingPolicy":
        """Read a version back. Raises ValueError for a missing or surplus entry, or a number out of bounds."""
        given = _whole(cls, {**SINCE, **_block(block)})
        reminders = {name: ReminderSetting.read(setting) for name, setting in _block(given["reminders"]).items()}
        if STANDARD not in reminders:
            raise ValueError(f"reminders: {STANDARD} is missing")
        return cls(
            triggers={name: _yes_or_no(on) for name, on in _block(given["triggers"]).items()},
            other_triggers=_yes_or_no(given["other_triggers"]),
            sampling_percent=_count(given["sampling_percent"], most=100),
            sampling_at_least_root=_yes_or_no(given["sampling_at_least_root"]),
            offer_days=_count(given["offer_days"], least=1),
            case_days=_count(given["case_days"], least=1),
            sign_off_days=_count(given["sign_off_days"], least=1),
            grace_minutes=_count(given["grace_minutes"], most=1440),
            tolerances={name: str(text) for name, text in _block(given["tolerances"]).items()},
            reminders=reminders,
            **{name: _time_of_day(given[name]) for name in ("remind_at", "quiet_from", "quiet_until")},
        )

    def block(self) -> dict[str, object]:
        """Return every value as JSON, for storing; `read` takes it back."""
        return asdict(self)

    def trigger_is_on(self, name: str) -> bool:
        """Say whether a moderation trigger works in this round; `other_triggers` holds for one without an entry."""
        return self.triggers.get(name, self.other_triggers)

    def reminder(self, name: str) -> ReminderSetting:
        """Return a reminder rule's setting, or the round's own standard one."""
        return self.reminders.get(name, self.reminders[STANDARD])


P = TypeVar("P", PromisedPolicy, WorkingPolicy)


def default_promise(
    rubric: RubricPin, assessors: Mapping[str, int], decision: Json, discrepancy: Json
) -> PromisedPolicy:
    """What a new round of this rubric promises unless its coordinator says otherwise."""
    return PromisedPolicy(
        rubric=rubric,
        assessors=dict(assessors),
        decision=dict(decision),
        discrepancy=dict(discrepancy),
        signers_needed=2,
        may_sign=(Role.SIGNER.value,),
        may_release=(Role.COORDINATOR.value,),
        grace_seconds=0,
        appeal_days=28,
        resubmission_days=90,
        resubmissions=1,
    )


def default_working() -> WorkingPolicy:
    """How a new round works unless its coordinator says otherwise."""
    return WorkingPolicy(
        triggers={},
        other_triggers=True,
        sampling_percent=10,
        sampling_at_least_root=True,
        offer_days=5,
        case_days=7,
        sign_off_days=7,
        tolerances={},
        reminders={
            STANDARD: ReminderSetting(
                is_on=True, before_due_days=(7, 2), on_due=True, overdue_every_days=2, escalate_after_days=3
            )
        },
        remind_at="09:00",
        quiet_from="21:00",
        quiet_until="07:00",
        grace_minutes=30,
    )


def changed(policy: P, changes: Json) -> P:
    """Return the policy with these top entries in place of its own; blocks (assessors, reminders…) are joined by key.

    Raises ValueError for an entry that the policy doesn't know.
    """
    old = policy.block()
    joined = {name: _joined(old.get(name), new) for name, new in changes.items()}
    return type(policy).read({**old, **joined})


def _joined(old: object, new: object) -> object:
    return {**old, **new} if isinstance(old, dict) and isinstance(new, Mapping) else new


def _whole(kind: type, block: object) -> Json:
    given, known = _block(block), {each.name for each in fields(kind)}
    if set(given) != known:
        raise ValueError(f"{kind.__name__}: missing or surplus entries: {sorted(set(given) ^ known)}")
    return given


def _block(value: object) -> dict[str, object]:
    if not isinstance(value, Mapping):
        raise ValueError("a block of named entries is needed")
    return {str(name): entry for name, entry in value.items()}


def _list(value: object) -> list[object]:
    if not isinstance(value, list | tuple):
        raise ValueError("a list is needed")
    return list(value)


def _roles(value: object) -> tuple[str, ...]:
    return tuple(Role(str(name)).value for name in _list(value))


def _count(value: object, least: int = 0, most: int = 100_000) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"a whole number from {least} to {most} is needed, not {value!r}")
    return value


def _time_of_day(value: object) -> str:
    if not isinstance(value, str) or len(value) != len("HH:MM"):
        raise ValueError(f"a time of day (HH:MM) is needed, not {value!r}")
    return time.fromisoformat(value).isoformat("minutes")


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"yes or no is needed, not {value!r}")
    return value
