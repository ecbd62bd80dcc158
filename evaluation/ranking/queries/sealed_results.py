"""Published results as they were sealed, for whoever builds on them. Working rankings are never read here."""

import json
from collections.abc import Iterable
from typing import cast

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform

from core.files.intact import sealed_bytes
from evaluation.ranking.models import Publication, PublicationFile, Standing
from evaluation.scoring.document import Document
from platforms.models import Platform


def latest_publications() -> QuerySet[Publication]:
    """Of each year and type the edition that counts, newest year first: those that no correction replaced."""
    return Publication.objects.filter(replaced_by__isnull=True)


def sealed_standings(publications: Iterable[Publication]) -> QuerySet[Standing]:
    """The places of these publications with their operators, in print order."""
    return Standing.objects.filter(publication__in=publications).select_related("operator")


def sealed_document(publication: Publication, name: str) -> Document:
    """A sealed JSON file of an edition, such as `result.json`, parsed."""
    file = PublicationFile.objects.select_related("file").get(publication=publication, name=name).file
    return cast(Document, json.loads(sealed_bytes(file)))


def sealed_scorecard(publication: Publication, platform_code: str) -> Document:
    """One platform's scorecard with every score's reason, from the sealed result."""
    result = sealed_document(publication, "result.json")
    return next(card for card in result["scorecards"] if card["platform"] == platform_code)


def sealed_standing(publication: Publication, platform_code: str) -> Standing:
    """One platform's place in an edition."""
    return Standing.objects.select_related("publication").get(publication=publication, platform_code=platform_code)


def standings_of(platform: Platform) -> QuerySet[Standing]:
    """A platform's published places that no correction replaced, newest year first; `total_decimals` are the printed
    decimals of each total."""
    rows = Standing.objects.filter(platform=platform, publication__replaced_by__isnull=True)
    printed = KeyTextTransform("total_decimals", "publication__ranking__system__definition")
    return rows.annotate(total_decimals=printed).select_related("publication").order_by("-publication__year")
