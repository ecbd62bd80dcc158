"""What is published already and so may not change underneath. A slice that publishes answers how to find it."""

from collections.abc import Callable, Collection

from core.declared import Question, house

# (year, quarter, platform types, lock) -> the names of what is published
Published = Callable[[int, int, Collection[str], bool], list[str]]
PUBLISHED: Question[Published] = Question("what is published")


def published_results(*, year: int, quarter: int, platform_types: Collection[str], lock: bool = False) -> list[str]:
    """Names of published results that used figures of this period and these types; `quarter` 0 is the whole year.

    `lock` holds everything concerned, published or not, so that nothing is published until the transaction ends.
    Rankings, the lower slice, are asked before bulletins: whoever locks both keeps this order.
    """
    return [name for find in house().answers_to(PUBLISHED) for name in find(year, quarter, platform_types, lock)]
