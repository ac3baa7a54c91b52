"""Names of people and organisations, and domains of their addresses: pure, and below every other package.

Conflict detectors and the scan for identities in texts both stand on it, so that one idea of "the same name" holds.
"""

from panel_app.names.domains import is_free_mail, registered_domain, same_company_domain
from panel_app.names.likeness import Likeness, Match
from panel_app.names.organisations import normal_organisation, same_organisation
from panel_app.names.people import PersonName, normal_name, parts, same_name, same_person_name
from panel_app.names.texts import Found, names_in_text

__all__ = [
    "Found",
    "Likeness",
    "Match",
    "PersonName",
    "is_free_mail",
    "names_in_text",
    "normal_name",
    "normal_organisation",
    "parts",
    "registered_domain",
    "same_company_domain",
    "same_name",
    "same_organisation",
    "same_person_name",
]
