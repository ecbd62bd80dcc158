"""The quarterly bulletin as one frozen view-model that PDF and web page render alike."""

from core.paper.official_page import Layout
from evaluation.bulletin.documents.building import Particulars, Proposal, build_bulletin, missing_facts, proposed_texts
from evaluation.bulletin.documents.view import BulletinView, read_view, view_bytes

__all__ = [
    "BulletinView",
    "Layout",
    "Particulars",
    "Proposal",
    "build_bulletin",
    "missing_facts",
    "proposed_texts",
    "read_view",
    "view_bytes",
]
