"""Putting bytes away for good under their own digest. What a file means, and who may read it, stands in the apps."""

import hashlib

import psycopg
from django.db import connection

from core.models import SealedFile

_INSERT = """
    INSERT INTO core_sealedfile (sha256, media_type, content, size) VALUES (%s, %s, %b, %s)
    ON CONFLICT (sha256) DO NOTHING
"""


def seal(content: bytes, *, media_type: str) -> SealedFile:
    """Store bytes once, in the caller's transaction; sealing the same bytes again returns the stored file.

    The bytes travel as they are: Django's own cursor would spell every one of them out in hexadecimal.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(_INSERT, (sha256, media_type, content, len(content)))
    return SealedFile.objects.defer("content").get(pk=sha256)
