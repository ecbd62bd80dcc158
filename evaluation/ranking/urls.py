"""The addresses of this slice, by audience."""

from django.urls import path

from evaluation.ranking.views import desk as desk_pages
from evaluation.ranking.views import public_open_data as open_data
from evaluation.ranking.views import public_rankings as rankings

_RANKING = "rankings/<int:year>/<slug:platform_type>/"
_OPEN_DATA = "open-data/<int:year>/<slug:platform_type>/"

PUBLIC = [
    path("rankings/", rankings.rankings, name="rankings"),
    path(_RANKING, rankings.ranking, name="ranking"),
    path(_RANKING + "editions/<int:edition>/", rankings.ranking, name="ranking_edition"),
    path(_RANKING + "editions/<int:edition>/<str:platform_code>/", rankings.standing, name="standing_edition"),
    path(_RANKING + "<str:platform_code>/", rankings.standing, name="standing"),
    path("open-data/", open_data.open_data, name="open_data"),
    path("open-data/evaluation-scoring.zip", open_data.program, name="scoring_program"),
    path(_OPEN_DATA + "latest/", open_data.edition_files, name="open_data_latest"),
    path(_OPEN_DATA + "latest/<str:name>", open_data.file, name="open_data_latest_file"),
    path(_OPEN_DATA + "v<int:edition>/", open_data.edition_files, name="open_data_edition"),
    path(_OPEN_DATA + "v<int:edition>/<str:name>", open_data.file, name="open_data_file"),
]
DESK = [
    path("rankings/", desk_pages.rankings, name="desk_rankings"),
    path("rankings/score/", desk_pages.score, name="desk_score"),
    path("rankings/<int:pk>/", desk_pages.ranking, name="desk_ranking"),
    path("rankings/<int:pk>/<slug:step>/", desk_pages.take, name="desk_ranking_step"),
    path("scorecards/<int:pk>/", desk_pages.scorecard, name="desk_scorecard"),
    path("publications/<int:pk>/", desk_pages.publication, name="desk_publication"),
]
