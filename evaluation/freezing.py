"""What is published already and so may not change underneath. A slice that publishes declares here how to find it."""

from collections.abc import Callable, Collection

# (year, quarter, platform types, lock) -> the names of what is published
Published = Callable[[int, int, Collection[str], bool], list[str]]
_SOURCES: dict[str, Published] = {}


def declare_published(name: str, source: Published) -> None:
    """Called once by a slice's `registry`, at start."""
    _SOURCES[name] = source


def published_results(*, year: int, quarter: int, platform_types: Collection[str], lock: bool = False) -> list[str]:
    """Names of published results that used figures of this period and these types; `quarter` 0 is the whole year.

    `lock` holds everything concerned, published or not, so that nothing is published until the transaction ends.
    Rankings are asked before bulletins: whoever locks both keeps this order.
    """
    return [
        name for source in ("rankings", "bulletins") for name in _SOURCES[source](year, quarter, platform_types, lock)
    ]
