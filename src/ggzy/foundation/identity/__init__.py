"""身份: people, memberships, certificates, sessions.

Owns who a person is and for whom they may act.
Does not own organisations: those are parties.
"""
