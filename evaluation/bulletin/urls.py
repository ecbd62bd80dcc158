"""The addresses of this slice, by audience."""

from django.urls import path

from evaluation.bulletin.views import desk as desk_pages
from evaluation.bulletin.views import public as public_pages

PUBLIC = [
    path("bulletins/", public_pages.bulletins, name="bulletins"),
    path("bulletins/<int:year>Q<int:quarter>/", public_pages.bulletin, name="bulletin"),
    path("bulletins/<int:year>Q<int:quarter>/bulletin.pdf", public_pages.bulletin_pdf, name="bulletin_pdf"),
]
DESK = [
    path("bulletins/", desk_pages.bulletins, name="desk_bulletins"),
    path("bulletins/draft/", desk_pages.draft, name="desk_bulletin_draft"),
    path("bulletins/<int:pk>/", desk_pages.bulletin, name="desk_bulletin"),
    path("bulletins/<int:pk>/bulletin.pdf", desk_pages.pdf, name="desk_bulletin_pdf"),
    path("bulletins/<int:pk>/texts/", desk_pages.write_texts, name="desk_bulletin_texts"),
    path("bulletins/<int:pk>/<slug:step>/", desk_pages.take, name="desk_bulletin_step"),
]
