"""The gallery: every template of templates/components/ once, with made-up content. For those who build pages."""

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.errors import Fault
from core.models import User


class SampleForm(forms.Form):
    name = forms.CharField(label="平台名称", help_text="与登记的名称一致,空格不计")
    kind = forms.ChoiceField(label="平台类型", choices=[("county", "县(市、区)综合窗口平台"), ("city", "市平台")])
    note = forms.CharField(label="说明", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    agreed = forms.BooleanField(label="已核对")


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Desk roles only; 404 for everybody else."""
    if not (isinstance(request.user, User) and request.user.is_staff):
        raise Http404
    form = SampleForm({"name": "", "kind": "county", "note": "", "agreed": "on"})
    return render(request, "core/components.html", {"samples": samples(), "form": form, "demo_mode": True})


def _cell(label: str, text: str = "", href: str = "", *, number: bool = True) -> dict[str, object]:
    return {"label": label, "text": text, "href": href, "number": number}


def samples() -> dict[str, object]:
    """Made-up content, one entry for each component that needs any."""
    return {
        "crumbs": [("年度排名", "#")],
        "choices": [("2025年", "#", True), ("2024年", "#", False)],
        "columns": [
            _cell("行号"),
            _cell("平台", number=False),
            _cell("服务企业(家次)"),
        ],
        "rows": [
            [_cell("行号", "5"), _cell("平台", "示例一号窗口平台", "#", number=False), _cell("服务企业(家次)", "113")],
            [_cell("行号", "6"), _cell("平台", "示例二号窗口平台", number=False), _cell("服务企业(家次)", "1,084")],
        ],
        "bars": [{"label": "示例一号窗口平台", "value": "82.09"}, {"label": "示例二号窗口平台", "value": "61.50"}],
        "movements": [
            {"direction": "up", "text": "上升2位"},
            {"direction": "down", "text": "下降1位"},
            {"direction": "same", "text": "与上年持平"},
            {"direction": "none", "text": "上年不参评"},
        ],
        "statuses": [("草案", ""), ("施行", "good"), ("未报", "warn"), ("已拒绝", "bad"), ("处理中", "info")],
        "faults": [
            Fault("不是数字", expected="0或正整数", sheet="运营数据", row=7, column="原创新闻(条)", value="三"),
            Fault(
                "没有登记的平台", expected="登记的平台名称", sheet="运营数据", row=9, column="平台名称", value="示例九"
            ),
        ],
        "facts": [("平台编码", "W01"), ("行政区划", "示例县"), ("运营单位", "示例运营单位")],
        "receipt": [("平台", "示例一号窗口平台"), ("收到时间", "2025年12月8日 15:30:12"), ("是否逾期", "未逾期")],
        "page": Paginator(range(50), 10).page(2),
    }
