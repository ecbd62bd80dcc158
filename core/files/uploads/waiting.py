"""Uploads between their dry run and the confirmation: in the cache, under their owner, gone after two hours. Losing one
costs a second upload, never data."""

from typing import NamedTuple
from uuid import UUID, uuid4

from django.core.cache import cache

from core.models import User

SECONDS = 2 * 60 * 60


class WaitingUpload(NamedTuple):
    name: str
    content: bytes
    purpose: str
    period: str


def keep_waiting(upload: WaitingUpload, *, by: User) -> UUID:
    """Remember an upload for its owner and give the token of its address."""
    token = uuid4()
    cache.set(_key(token, by), tuple(upload), SECONDS)
    return token


def waiting_upload(token: UUID, *, purpose: str, by: User) -> WaitingUpload | None:
    """The upload, for its owner and its purpose alone; None when it is not there any more."""
    found = cache.get(_key(token, by))
    upload = WaitingUpload(*found) if found is not None else None
    return upload if upload is not None and upload.purpose == purpose else None


def _key(token: UUID, by: User) -> str:
    return f"waiting-upload:{by.pk}:{token}"
