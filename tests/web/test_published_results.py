"""A citizen's questions: who is where, why, since when, from which file; and are the published bytes what they were?"""

import json

from django.test import Client

from evaluation.ranking.models import Publication, PublicationFile, Standing
from evaluation.scoring.__main__ import main

RANKING = "/rankings/2025/county_window/"
OPEN_DATA = "/open-data/2025/county_window/"


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_ranking_names_places_scores_movement_and_who_takes_no_part(site, anonymous):
    page = text(anonymous, RANKING)
    first, second, third = site.platforms
    order = [page.index(platform.name) for platform in (first, third, second)]
    assert order == sorted(order)
    for standing in Standing.objects.filter(publication=site.corrected, rank__isnull=False):
        assert f"{standing.total:.2f}" in page
        assert standing.section_scores["routine"] in page
    # 2024: second, third, first; 2025 as corrected: first, third, second
    assert "上升2位" in page and "与上年持平" in page and "下降2位" in page
    assert site.newcomer.name in page and "本年度不参评" in page
    assert "上年无名次" in text(anonymous, "/rankings/2024/county_window/")


def test_the_newest_year_comes_first(site, anonymous):
    page = text(anonymous, "/rankings/")
    assert page.index("2025年度</h2>") < page.index("2024年度</h2>")


def test_a_field_of_less_than_three_is_not_called_the_first_three(site, anonymous):
    assert "前三名" in text(anonymous, "/")
    Publication.objects.filter(pk=site.corrected.pk).update(platform_type="city_platform")
    Standing.objects.filter(publication=site.corrected, rank__gt=1).delete()
    page = text(anonymous, "/")
    assert page.count("前三名") == 1 and "<caption>名次</caption>" in page


def test_a_correction_keeps_the_old_edition_readable(site, anonymous):
    old = text(anonymous, f"{RANKING}editions/1/")
    assert "这是第1版" in old and "演示更正原因" in old
    first, second, third = site.platforms
    order = [old.index(platform.name) for platform in (first, second, third)]
    assert order == sorted(order)
    assert f'href="{RANKING}editions/1/{first.code}/"' in old
    new = text(anonymous, RANKING)
    assert "这是第" not in new and f'href="{RANKING}editions/1/"' in new


def test_a_score_is_explained_down_to_value_rule_points_clause_and_source(site, anonymous):
    first = site.platforms[0]
    page = text(anonymous, f"{RANKING}{first.code}/")
    assert "服务企业家次" in page and "300家次" in page
    assert "达到目标值600家次得8分" in page
    assert "8 × min(1, 300 ÷ 600) = 4.00" in page
    assert 'href="/policy/#R3-1-2"' in page
    assert "2025Q1.xlsx 第5行" in page
    assert "late 1 × 1" in page and "late：迟报" in page
    assert "min 取括号中较小的数" in page and "max 取较大的数" in page
    # the target that this platform alone has
    assert "达到目标值40条得4分" in page
    assert "达到目标值60条得4分" in text(anonymous, f"{RANKING}{site.platforms[1].code}/")


def test_a_platform_that_takes_no_part_says_why(site, anonymous):
    page = text(anonymous, f"{RANKING}{site.newcomer.code}/")
    assert "本年度不参评" in page and "7月1日后验收" in page and "总分" not in page


def test_renaming_a_platform_changes_nothing_published(site, anonymous):
    published = [address for address in site.addresses if not address.startswith("/accounts/")]
    before = {address: text(anonymous, address) for address in published}
    for platform in site.platforms:
        platform.name += "(已更名)"
        platform.save()
    site.platforms[0].region.name = "演示更名县"
    site.platforms[0].region.save()
    assert {address: text(anonymous, address) for address in published} == before


def test_files_are_served_as_stored_and_an_edition_never_changes(site, anonymous):
    files = list(PublicationFile.objects.filter(publication=site.first_edition).select_related("file"))
    assert files
    for file in files:
        response = anonymous.get(f"{OPEN_DATA}v1/{file.name}")
        assert response.content == bytes(file.file.content)
        assert response["ETag"] == f'"{file.file_id}"'
        assert response["Content-Type"] == file.file.media_type
        assert "immutable" in response["Cache-Control"] and "public" in response["Cache-Control"]
        assert file.name in response["Content-Disposition"]
        again = anonymous.get(f"{OPEN_DATA}v1/{file.name}", headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304 and again.content == b"" and again["ETag"] == response["ETag"]


def test_latest_is_the_edition_in_force_and_names_its_address(site, anonymous):
    latest = anonymous.get(f"{OPEN_DATA}latest/result.json")
    assert latest["Content-Location"] == f"{OPEN_DATA}v2/result.json"
    assert latest.content == anonymous.get(f"{OPEN_DATA}v2/result.json").content
    assert latest.content != anonymous.get(f"{OPEN_DATA}v1/result.json").content
    assert "no-cache" in latest["Cache-Control"]


def test_what_is_downloaded_can_be_computed_again(site, anonymous, tmp_path, capsys):
    for name in ("bundle.json", "result.json"):
        (tmp_path / name).write_bytes(anonymous.get(f"{OPEN_DATA}latest/{name}").content)
    assert main([str(tmp_path / "bundle.json"), "--check", str(tmp_path / "result.json")]) == 0
    assert capsys.readouterr().out.strip() == "identical"
    assert "python -m evaluation.scoring bundle.json --check result.json" in text(anonymous, "/open-data/")


def test_the_indicator_system_is_printed_in_full(site, anonymous):
    page = text(anonymous, "/indicator-systems/county_window-2025/v1/")
    definition = json.loads(anonymous.get(f"{OPEN_DATA}latest/bundle.json").content)["system"]
    indicators = [i for s in definition["sections"] for c in s["categories"] for i in c["indicators"]]
    assert len(indicators) > 20
    for indicator in indicators:
        assert f">{indicator['code']}</td>" in page
    assert "占总分20%" in page and "占总分80%" in page
    assert "迟报1" in page
    assert "2025年度县（市、区）综合窗口平台运营管理绩效评价指标体系" in page
    assert '/county_window-2025/v1/">2025年度指标体系 第1版</a>' in text(anonymous, "/indicator-systems/")


def test_the_policy_has_an_anchor_for_every_clause(anonymous, db):
    from core.policy import clauses

    page = text(anonymous, "/policy/")
    assert len(clauses()) > 30
    for clause in clauses().values():
        assert f'id="{clause.anchor}"' in page


def test_a_bulletin_reads_as_it_was_issued_and_its_pdf_is_served_as_stored(site, anonymous):
    page = text(anonymous, "/bulletins/2025Q1/")
    assert "演示机关关于演示情况的通报" in page and "演通〔2025〕1号" in page and "演示1号窗口平台" in page
    assert 'href="/bulletins/2025Q1/bulletin.pdf"' in page
    pdf = anonymous.get("/bulletins/2025Q1/bulletin.pdf")
    assert pdf.content == b"%PDF-1.7"
    assert pdf["Content-Type"] == "application/pdf" and "no-cache" in pdf["Cache-Control"]
    assert anonymous.get("/bulletins/2025Q1/bulletin.pdf", headers={"If-None-Match": pdf["ETag"]}).status_code == 304
    assert anonymous.get("/bulletins/2025Q2/bulletin.pdf").status_code == 404
