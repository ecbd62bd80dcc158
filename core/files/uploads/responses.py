"""Giving handed-in files back. Whoever calls has checked that this person may see the file."""

from django.http import FileResponse

from core.files.uploads.storage import open_stored
from core.models import Attachment

SANDBOX = "sandbox; default-src 'none'"


def as_download(attachment: Attachment) -> FileResponse:
    """The stored bytes as a download that no browser opens in our name."""
    return FileResponse(
        open_stored(attachment),
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.media_type,
        headers={"X-Content-Type-Options": "nosniff", "Content-Security-Policy": SANDBOX},
    )
