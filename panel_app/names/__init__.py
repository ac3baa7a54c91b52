"""Names of people and organisations, and domains of their addresses: pure, and below every other package.

Conflict detectors and the scan for identities in texts both stand on it, so that one idea of "the same name" holds.
"""

from panel_app.names.addresses import normal_address, work_domain
from panel_app.names.domains import is_free_mail, registered_domain, same_company_domain
from panel_app.names.employers import is_organisation, organisation_keys, same_employer
from panel_app.names.likeness import Likeness, Match
from panel_app.names.links import Link, Points, link_of
from panel_app.names.organisations import normal_organisation, same_organisation
from panel_app.names.people import PersonName, normal_name, parts, same_name, same_person_name
from panel_app.names.people_alike import Agreement, agreement, are_two_in_characters, closest, name_keys
from panel_app.names.texts import Found, names_in_text

__all__ = [
    "Agreement",
    "Found",
    "Likeness",
    "Link",
    "Match",
    "PersonName",
    "Points",
    "agreement",
    "are_two_in_characters",
    "closest",
    "is_free_mail",
    "is_organisation",
    "link_of",
    "name_keys",
    "names_in_text",
    "normal_address",
    "normal_name",
    "normal_organisation",
    "organisation_keys",
    "parts",
    "registered_domain",
    "same_company_domain",
    "same_employer",
    "same_name",
    "same_organisation",
    "same_person_name",
    "work_domain",
]
