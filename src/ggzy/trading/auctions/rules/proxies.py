"""自动出价的结算: two answers at most, whatever the number of proxies and the order of their arrival.

The highest limit leads. The next one is offered first, as far as it goes without reaching the highest;
then the highest answers with one step more. Of equal limits the one set earlier leads.
"""

from ggzy.trading.auctions.values import Proxy, Room


def answers(room: Room) -> tuple[tuple[int, int], ...]:
    """自动应价: (paddle, gain) in order; empty when no rival's limit reaches the next step."""
    leader = room.leader
    held = None if leader is None else leader.paddle
    if not room.proxies or (len(room.proxies) == 1 and room.proxies[0].paddle == held):
        return ()
    floor = room.scale.rung_from(room.least)
    standing = -1 if leader is None else leader.gain
    able = [
        proxy
        for proxy in room.proxies
        if proxy.gain >= floor or (proxy.paddle == held and proxy.gain > standing)
    ]
    if all(proxy.paddle == held for proxy in able):
        return ()
    return _duel(room, able, floor)


def _duel(room: Room, able: list[Proxy], floor: int) -> tuple[tuple[int, int], ...]:
    """`able` is sorted: the highest limit first, of equal ones the earlier."""
    scale, top = room.scale, able[0]
    if len(able) == 1:
        return ((top.paddle, floor),)
    runner = able[1]
    push = min(runner.gain, scale.rung_before(top.gain))
    if push < floor:
        return ((top.paddle, min(floor, top.gain)),)
    return ((runner.paddle, push), (top.paddle, min(top.gain, scale.least_after(push))))
