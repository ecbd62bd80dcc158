"""The office's particulars have bounds, and whatever they admit prints a bulletin and a letter of a bounded length."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.models import Office
from core.paper import render_pdf
from core.paper.official_page import layout_of, page_measures
from rewards.consequences import WeakIndicator
from rewards.documents import WeakRow, YearPlace, YellowCardLetter
from tests.documents.reading import MM, reader, words
from tests.factories.bulletins import small_view

TALL = {"margin_top": 60, "margin_bottom": 57, "margin_left": 45, "margin_right": 25, "line_pitch": Decimal(40)}
LOW = {"margin_top": 15, "margin_bottom": 25, "margin_left": 15, "margin_right": 15, "line_pitch": Decimal(20)}
LONG_NAMES = {"name": "演" * 24, "city_platform_name": "示" * 24, "red_head": "机" * 30, "document_code": "演" * 10}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("line_pitch", Decimal(0), "应在20至40磅之间"),
        ("line_pitch", Decimal("19.9"), "应在20至40磅之间"),
        ("line_pitch", Decimal("40.1"), "应在20至40磅之间"),
        ("margin_top", 150, "应在15至60毫米之间"),
        ("margin_left", 14, "应在15至60毫米之间"),
        ("margin_right", 61, "应在15至60毫米之间"),
        ("margin_bottom", 24, "应在25至60毫米之间"),
        ("name", "演" * 25, "24"),
        ("city_platform_name", "演" * 25, "24"),
        ("red_head", "演" * 31, "30"),
        ("document_code", "演" * 11, "10"),
        ("privacy_text", "演" * 20_001, "20000"),
    ],
)
def test_what_is_out_of_bounds_is_refused_at_its_field(db, field, value, said):
    with pytest.raises(ValidationError) as refused:
        Office(**{field: value}).full_clean()
    assert said in refused.value.message_dict[field][0]


@pytest.mark.parametrize(
    ("margins", "said"),
    [
        ({"margin_left": 36, "margin_right": 35}, "左右边距之和不超过70毫米"),
        ({"margin_top": 60, "margin_bottom": 58}, "上下边距之和不超过117毫米:版心不小于140毫米×180毫米"),
    ],
)
def test_a_type_area_that_holds_too_little_is_refused(db, margins, said):
    with pytest.raises(ValidationError) as refused:
        Office(**margins).full_clean()
    assert any(said in message for message in refused.value.messages)


@pytest.mark.parametrize("wrong", [{"line_pitch": 0}, {"margin_top": 150}, {"margin_left": 40, "margin_right": 40}])
def test_the_database_refuses_what_no_form_has_seen(db, wrong):
    Office.objects.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.update(**wrong)


@pytest.mark.parametrize("measures", [{}, TALL, LOW])
def test_the_ends_of_the_bounds_are_within(db, measures):
    office = Office(**measures, **LONG_NAMES)
    office.full_clean()
    office.save()
    assert Office.current().line_pitch == office.line_pitch


def offices() -> st.SearchStrategy[Office]:
    """Whatever the bounds admit."""
    margin = st.integers(15, 60)
    made = st.builds(
        Office,
        margin_top=margin,
        margin_bottom=st.integers(25, 60),
        margin_left=margin,
        margin_right=margin,
        line_pitch=st.integers(200, 400).map(lambda tenths: Decimal(tenths) / 10),
        name=st.sampled_from(["演示局", LONG_NAMES["name"]]),
        city_platform_name=st.sampled_from(["演示平台", LONG_NAMES["city_platform_name"]]),
        red_head=st.sampled_from(["演示局文件", LONG_NAMES["red_head"]]),
    )
    return made.filter(lambda o: o.margin_left + o.margin_right <= 70 and o.margin_top + o.margin_bottom <= 117)


def letter(office: Office) -> YellowCardLetter:
    indicator = WeakIndicator("K1", "演示重点工作" * 5, "年度重点工作考核", Decimal("0.8"), Decimal(15), Decimal(4))
    return YellowCardLetter(
        template="documents/yellow_card_letter.html",
        layout=layout_of(office),
        number="黄牌〔2025〕W03号",
        addressee="演" * 80,
        issuer=office.city_platform_name,
        copies=(office.name, "演示丙县主管部门"),
        dated_on=date(2026, 1, 1),
        place=YearPlace(2025, "县(市、区)综合窗口平台", "演" * 80, "演" * 80, "37.06", 9, 9, False),
        steps=(),
        weakest=(WeakRow(indicator, "29家次", "达到目标值100家次得15分,不足按比例计分"),) * 3,
        deadline="30个工作日内",
        is_county=True,
    )


def leaves_the_sheet(pdf: bytes) -> bool:
    """A run of text of the body that begins left of the paper, or a name over a date that ends right of it."""
    pages = reader(pdf).pages
    found = [word for number in range(len(pages)) for word in words(pdf, number)]
    return any(word.left < 0 for word in found)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(office=offices())
@example(office=Office(**TALL, **LONG_NAMES))
@example(office=Office(**LOW, **LONG_NAMES))
@example(office=Office())
def test_whatever_is_accepted_prints_within_so_many_pages(office):
    """At the standard's measures both have 6 and 3 pages."""
    view = replace(
        small_view(text="演示正文。" * 200, rows=20),
        layout=layout_of(office),
        red_head=office.red_head,
        issuer=office.name,
    )
    page = page_measures(view.layout, view.red_head, signed_by=view.issuer)
    bulletin = render_pdf("documents/bulletin.html", {"view": view, "page": page, "demo_mode": False})
    assert len(reader(bulletin).pages) <= 12
    written = letter(office)
    sent = render_pdf(written.template, {"letter": written, "page": written.page, "demo_mode": False})
    assert len(reader(sent).pages) <= 6
    assert not leaves_the_sheet(bulletin) and not leaves_the_sheet(sent)
    for pdf, issuer in ((bulletin, view.issuer), (sent, written.issuer)):
        assert_signed_within(pdf, issuer, office)


def assert_signed_within(pdf: bytes, issuer: str, office: Office) -> None:
    """The name over the date lies in the type area, give or take the middle of a figure."""
    found = [word for number in range(len(reader(pdf).pages)) for word in words(pdf, number)]
    signed = [word for word in found if word.text == issuer and abs(word.size - 16) < 0.1]
    assert signed
    for word in signed:
        assert word.left >= office.margin_left - 1
        assert word.left + len(issuer) * 16 / MM <= 210 - office.margin_right + 5
