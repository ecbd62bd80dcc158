"""Putting bytes away for good under their own digest. What a file means, and who may read it, stands in the apps."""

import hashlib

from core.bulk import execute_binary
from core.models import SealedFile

_INSERT = """
    INSERT INTO core_sealedfile (sha256, media_type, content, size) VALUES (%s, %s, %b, %s)
    ON CONFLICT (sha256) DO NOTHING
"""


def seal(content: bytes, *, media_type: str) -> SealedFile:
    """Store bytes once, in the caller's transaction; sealing the same bytes again returns the stored file."""
    sha256 = hashlib.sha256(content).hexdigest()
    execute_binary(_INSERT, (sha256, media_type, content, len(content)))
    return SealedFile.objects.defer("content").get(pk=sha256)
