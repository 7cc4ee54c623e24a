"""拍卖、挂牌、竞价: rooms and offers.

Owns the room while offers fall.
Does not own what follows the result.
"""
