"""HTML templates to PDF, the same bytes for the same input. Layout stands in templates/documents, facts in the apps."""

from core.pdf.rendering import pdf_of, render_pdf

__all__ = ["pdf_of", "render_pdf"]
