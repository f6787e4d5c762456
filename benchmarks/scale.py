"""How the size of a benchmark follows `--scale`."""


def sized(count: int, scale: float) -> int:
    """Rows of data: in proportion."""
    return max(round(count * scale), 1)


def shrunk(count: int, scale: float) -> int:
    """Promo codes and patterns: in proportion below scale 1, and never more than at scale 1."""
    return max(round(count * min(scale, 1)), min(count, 1))
