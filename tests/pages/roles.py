"""各身份: who signs in as what."""

from tests.services.tendering import hall as stage

ROLES = ["owner", "agency", "operator", "supervisor", "bidder", "custodian"]


def person(hall: stage.Hall, role: str) -> stage.Person:
    """One of the cast by role."""
    cast = hall.people
    return {"bidder": cast.firms[0], "custodian": cast.custodians[0]}.get(role) or getattr(cast, role)
