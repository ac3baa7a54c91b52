"""Rows as the panel's pages print them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from flask_babel import gettext

from panel_app.foundation.times import Shown, shown
from panel_app.panel.queries import OwnPage, OwnSeat, PanelRow
from panel_app.panel.rules import lines


@dataclass(frozen=True)
class OwnLines:
    """What a member says of themself, in words."""

    credential: str
    organisation: str
    former: tuple[str, ...]
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    checked: Shown | None


@dataclass(frozen=True)
class DeclarationLine:
    """A declaration in the member's list."""

    key: str
    kind: str
    about: str
    relation: str
    ended: str
    state: str
    stands: bool
    since: Shown
    withdrawn: Shown | None


@dataclass(frozen=True)
class SeatLine:
    """A place of a member on a panel."""

    code: str
    title: str
    due: Shown
    taken: str
    away: str
    href: str | None


@dataclass(frozen=True)
class PanelLine:
    """A member in a coordinator's list."""

    key: str
    name: str
    more: str
    organisation: str
    domains: str
    taken: str
    away: str
    interests: str
    tone: str
    is_lead: bool
    href: str


def day_text(day: date | None) -> str:
    """A day as people read it, empty for none: `14 Feb 2027`."""
    return f"{day.day} {day:%b %Y}" if day else ""


def seat_values(seat: OwnSeat | PanelRow) -> dict[str, str]:
    """A place as its form's fields hold it."""
    return {
        "capacity": str(seat.capacity),
        "away_from": seat.away_from.isoformat() if seat.away_from else "",
        "away_until": seat.away_until.isoformat() if seat.away_until else "",
    }


def away_text(first: date | None, last: date | None) -> str:
    """The days away in words."""
    if first is None or last is None:
        return str(gettext("never"))
    return str(gettext("%(first)s to %(last)s", first=day_text(first), last=day_text(last)))


def own_lines(page: OwnPage, titles: Mapping[str, str], zone: str, now: datetime) -> OwnLines:
    """The member's particulars."""
    checked = page.interests_checked_at
    return OwnLines(
        credential=page.credential,
        organisation=page.organisation,
        former=lines(page.former),
        aliases=lines(page.aliases),
        domains=tuple(titles.get(code, code) for code in page.domains),
        checked=shown(checked, zone, None, now) if checked else None,
    )


def declaration_lines(page: OwnPage, zone: str, now: datetime) -> list[DeclarationLine]:
    """The member's declarations, standing ones first."""
    return [
        DeclarationLine(
            key=row.key,
            kind=row.kind,
            about=row.about,
            relation=row.relation,
            ended=gettext("ended on %(day)s", day=day_text(row.ended_on)) if row.ended_on else gettext("lasts"),
            state=row.state,
            stands=row.stands,
            since=shown(row.declared_at, zone, None, now),
            withdrawn=shown(row.withdrawn_at, zone, None, now) if row.withdrawn_at else None,
        )
        for row in page.declarations
    ]


def seat_lines(page: OwnPage, zone: str, now: datetime) -> list[SeatLine]:
    """The member's places, the latest round first."""
    return [
        SeatLine(
            code=seat.round_code,
            title=seat.round_title,
            due=shown(seat.scoring_due_at, seat.zone, zone, now),
            taken=gettext("%(load)s of %(most)s", load=seat.load, most=seat.capacity),
            away=away_text(seat.away_from, seat.away_until),
            href=None if seat.ended else url_for("panel.own_seat", seat_key=seat.key),
        )
        for seat in page.seats
    ]


def panel_lines(rows: list[PanelRow], round_key: str) -> list[PanelLine]:
    """The members of a round's panel, as a coordinator reads them."""
    return [
        PanelLine(
            key=row.seat_key,
            name=row.name,
            more=" · ".join(each for each in (row.address, row.state_words and gettext(row.state_words)) if each),
            organisation=" · ".join(each for each in (row.credential, row.organisation) if each),
            domains=", ".join(row.domains) or gettext("none yet"),
            taken=gettext("%(load)s of %(most)s", load=row.load, most=row.capacity),
            away=away_text(row.away_from, row.away_until),
            interests=_interests(row),
            tone="good" if row.is_checked else "wait",
            is_lead=row.is_lead,
            href=url_for("panel.seat", round_key=round_key, seat_key=row.seat_key),
        )
        for row in rows
    ]


def _interests(row: PanelRow) -> str:
    if not row.is_checked:
        return str(gettext("not checked yet"))
    return str(gettext("%(n)s declared, checked", n=row.declared) if row.declared else gettext("none, checked"))
