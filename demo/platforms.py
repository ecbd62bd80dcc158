"""The regions and platforms of the demonstration, taken in as the desk would."""

from collections.abc import Callable, Iterator

from demo import FOLDER
from platforms.actions import import_platforms, import_regions
from platforms.choices import RegionKind
from platforms.formats import read_dataset
from platforms.models import Region


def load_platforms() -> Iterator[str]:
    """Regions, then platforms; yields what was taken in of each file."""
    yield _taken_in("divisions.csv", import_regions)
    # A unit without a statutory code that reports beside the nine divisions.
    Region.objects.get_or_create(code="ZZ-JKQ", defaults={"name": "株洲经开区", "kind": RegionKind.NON_STATUTORY})
    yield _taken_in("platforms.csv", import_platforms)


def _taken_in(name: str, load: Callable[..., object]) -> str:
    content = (FOLDER / name).read_bytes()
    return f"{name}:{load(dataset=read_dataset(name, content, comment='#'), by=None)}"
