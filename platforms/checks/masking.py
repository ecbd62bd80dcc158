"""Personal data as those see it who need not know it. Pure."""

_SHOWN_AHEAD, _SHOWN_BEHIND = 3, 4
_SHORTEST = 9


def masked_phone(phone: str) -> str:
    """Three digits ahead and four behind stay; of a short number only the last two."""
    if not phone:
        return ""
    if len(phone) < _SHORTEST:
        return "*" * max(len(phone) - 2, 0) + phone[-2:]
    return phone[:_SHOWN_AHEAD] + "*" * (len(phone) - _SHOWN_AHEAD - _SHOWN_BEHIND) + phone[-_SHOWN_BEHIND:]
