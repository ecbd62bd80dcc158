"""Addresses that citizens, links and downloads rely on; they never change their meaning."""

from django.urls import path

from evaluation.bulletin.views import public as bulletins
from evaluation.home import public as home
from evaluation.ranking.views import public_open_data as open_data
from evaluation.ranking.views import public_rankings as rankings
from evaluation.systems.views import public as systems

_RANKING = "rankings/<int:year>/<slug:platform_type>/"
_OPEN_DATA = "open-data/<int:year>/<slug:platform_type>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("rankings/", rankings.rankings, name="rankings"),
    path(_RANKING, rankings.ranking, name="ranking"),
    path(_RANKING + "editions/<int:edition>/", rankings.ranking, name="ranking_edition"),
    path(_RANKING + "editions/<int:edition>/<str:platform_code>/", rankings.standing, name="standing_edition"),
    path(_RANKING + "<str:platform_code>/", rankings.standing, name="standing"),
    path("bulletins/", bulletins.bulletins, name="bulletins"),
    path("bulletins/<int:year>Q<int:quarter>/", bulletins.bulletin, name="bulletin"),
    path("bulletins/<int:year>Q<int:quarter>/bulletin.pdf", bulletins.bulletin_pdf, name="bulletin_pdf"),
    path("indicator-systems/", systems.indicator_systems, name="indicator_systems"),
    path("indicator-systems/<str:code>/v<int:version>/", systems.indicator_system, name="indicator_system"),
    path("open-data/", open_data.open_data, name="open_data"),
    path("open-data/evaluation-scoring.zip", open_data.program, name="scoring_program"),
    path(_OPEN_DATA + "latest/", open_data.edition_files, name="open_data_latest"),
    path(_OPEN_DATA + "latest/<str:name>", open_data.file, name="open_data_latest_file"),
    path(_OPEN_DATA + "v<int:edition>/", open_data.edition_files, name="open_data_edition"),
    path(_OPEN_DATA + "v<int:edition>/<str:name>", open_data.file, name="open_data_file"),
]
