"""谁在叩门: the person whose certificate signed this very request; no session is needed."""

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.sealing import requests
from ggzy.foundation.ui.answers import Knock
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Missing


def caller(who: str, knock: Knock) -> Actor:
    """叩门的人, in the membership its certificate speaks for. Raises Missing, Refused."""
    held = identity.certificate(who)
    requests.check(
        knock.header, knock.method, knock.path, knock.body, certificate=held.certificate_pem, now=knock.at
    ).require()
    if who not in {one.fingerprint for one in identity.certificates(knock.at, person=held.person)}:
        raise Missing()
    seats = identity.memberships(held.person)
    mine = [one for one in seats if held.organisation in (None, one.organisation)]
    if not mine:
        raise Missing()
    return Actor(mine[0].person, mine[0].organisation, mine[0].role, mine[0].region, "")
