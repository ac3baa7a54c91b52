"""What makes conflicts be looked for anew, in the same act: declarations, members, submissions, identities, roles."""

from panel_app.accounts.happenings import AddressChanged, ProfileChanged, RoleGranted
from panel_app.conflicts.queries.role_facts import person_of_member
from panel_app.conflicts.services.register import check_member, check_person, check_portfolio
from panel_app.conflicts.services.roles import refresh_person, refresh_roles
from panel_app.foundation.actors import Actor
from panel_app.foundation.happenings import on
from panel_app.panel.happenings import DeclarationChanged, MemberChanged, MemberSeated
from panel_app.portfolios.happenings import IdentityChanged, PortfolioStarted, PortfolioSubmitted


@on(DeclarationChanged)
def on_declaration(what: DeclarationChanged, _by: Actor) -> None:
    """A declaration bears on every portfolio of the member's rounds, and on roles that the member has beside."""
    check_member(what.member_id)
    refresh_person(person_of_member(what.member_id))


@on(MemberChanged)
def on_member(what: MemberChanged, _by: Actor) -> None:
    """Organisations and other names bear on conflicts as declarations do."""
    check_member(what.member_id)
    refresh_person(person_of_member(what.member_id))


@on(MemberSeated)
def on_seat(what: MemberSeated, _by: Actor) -> None:
    """A new place on a panel makes new pairs."""
    check_member(what.member_id)


@on(PortfolioStarted)
def on_start(what: PortfolioStarted, _by: Actor) -> None:
    """A draft is kept from people in a role who have a conflict with it, as what is submitted is."""
    refresh_roles(what.round_id, portfolio_ids={what.portfolio_id})


@on(PortfolioSubmitted)
def on_submission(what: PortfolioSubmitted, _by: Actor) -> None:
    """What was submitted is examined with everybody on the panel."""
    check_portfolio(what.portfolio_id)
    refresh_roles(what.round_id, portfolio_ids={what.portfolio_id})


@on(IdentityChanged)
def on_identity(what: IdentityChanged, _by: Actor) -> None:
    """A candidate's organisation, other names or people named are facts of every detector."""
    check_portfolio(what.portfolio_id)
    refresh_roles(what.round_id, portfolio_ids={what.portfolio_id})


@on(ProfileChanged)
def on_profile(what: ProfileChanged, _by: Actor) -> None:
    """A new name may be another's."""
    if "name" in what.fields:
        check_person(what.person_id)
        refresh_person(what.person_id)


@on(AddressChanged)
def on_address(what: AddressChanged, _by: Actor) -> None:
    """A new address may be another's, or at another's domain; the old one counts on."""
    check_person(what.person_id)
    refresh_person(what.person_id)


@on(RoleGranted)
def on_role(what: RoleGranted, _by: Actor) -> None:
    """Whoever gets a role in a round is kept away from what they have a conflict with, from the first moment."""
    if what.round_id is not None:
        refresh_roles(what.round_id, {what.person_id})
