"""行为人: who acts, for which organisation, in which role."""

from dataclasses import dataclass

from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.roles import GRANTS, Permission, Role


@dataclass(frozen=True)
class Actor:
    """行为人: the choice of membership a person makes, carried into every command.

    `request` is the identity of the submitted form: the same form sent twice is one act.
    """

    person: str
    organisation: CreditCode | None
    role: Role
    region: RegionCode
    request: str

    @classmethod
    def system(cls, request: str) -> "Actor":
        """平台: the clock and the platform itself, acting everywhere."""
        return cls(
            person="system", organisation=None, role=Role.SYSTEM, region=RegionCode.COUNTRY, request=request
        )

    def has(self, permission: Permission) -> bool:
        return permission in GRANTS[self.role]
