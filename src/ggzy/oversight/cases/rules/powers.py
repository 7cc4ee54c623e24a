"""监管事项办理的规则: what an exercise says."""

OPINIONS = ("reason", "opinion", "text", "answer", "note", "title")


def opinion_of(fact: object) -> str:
    """监管意见: what the person wrote, as the fact keeps it."""
    found = (getattr(fact, name, "") for name in OPINIONS)
    return next((text for text in found if isinstance(text, str) and text), "")
