"""Letters: written by a job after the confirmation, sealed once, and holding the facts of the sealed result."""

import pytest
from django.test import override_settings
from django.urls import reverse

from core import jobs
from core.choices import JobState
from core.models import Job, Office, SealedFile
from core.paper.punctuation import full_width
from rewards.actions import confirm_proposal, propose_consequences
from rewards.documents import letter_of
from rewards.models import OperatorReplacement, Reward, YellowCard
from tests.documents.reading import reader, text_of
from tests.factories import UserFactory
from tests.factories.publications import publish


@pytest.fixture
def proposed(publication, standard, bureau):
    propose_consequences(publication=publication, by=UserFactory.create())
    return publication


def written(proposal, by) -> str:
    """Confirm, run the job, and read the sealed PDF's text without line breaks."""
    confirm_proposal(proposal=proposal, reason="情况属实", by=by)
    job = Job.objects.get(kind="rewards.write_letter")
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error
    proposal.refresh_from_db()
    file = SealedFile.objects.get(pk=proposal.letter_id)
    assert file.media_type == "application/pdf"
    pdf = bytes(file.content)
    return joined("".join(text_of(pdf, page) for page in range(len(reader(pdf).pages))))


def joined(text: str) -> str:
    """Without line breaks and spaces, in the full-width punctuation that documents print."""
    return "".join(full_width(text).split())


def test_yellow_card_letter(proposed, bureau):
    text = written(YellowCard.objects.get(), bureau)
    for fact in (
        "黄牌〔2025〕W03号",
        "演示丙县窗口平台",
        "演示运营单位",
        "总分50.00分",
        "在3家参评平台中排名第3名,为末位",
        "30个工作日内",
        "整改报告(格式)",
        "抄送:株洲市工业和信息化局、演示丙县中小企业主管部门",
    ):
        assert joined(fact) in text
    assert text.count("K1进企服务") == 2  # in the letter and in the report form
    assert "A16服务企业家次" not in text  # the fourth weakest


def test_the_card_is_issued_by_the_city_platform_and_the_advice_by_the_bureau(proposed, bureau):
    Office.objects.create(name="演示市工信局", city_platform_name="演示市平台")
    card = confirm_proposal(proposal=YellowCard.objects.get(), reason="情况属实", by=bureau)
    advice = confirm_proposal(proposal=OperatorReplacement.objects.get(), reason="情况属实", by=bureau)
    assert letter_of(card).issuer == "演示市平台"
    assert (letter_of(advice).issuer, letter_of(advice).addressee) == ("演示市工信局", "演示丙县中小企业主管部门")


def test_reward_letter(proposed, bureau):
    text = written(Reward.objects.get(platform__code="W01"), bureau)
    for fact in ("奖励〔2025〕W01号", "总分90.00分", "达到的最高档为“一等奖”", "人民币50000元"):
        assert joined(fact) in text


def test_replacement_letter_names_both_years(proposed, bureau):
    text = written(OperatorReplacement.objects.get(), bureau)
    for fact in ("演示丙县中小企业主管部门:", "2024", "60.00", "2025", "50.00", "建议你单位研究更换该平台运营单位"):
        assert joined(fact) in text


def test_a_shared_last_place_is_said_in_the_letter(county_platforms, bureau):
    tied = publish(dict(zip(county_platforms, ["90", "60", "60"], strict=True)))
    propose_consequences(publication=tied, by=UserFactory.create())
    assert joined("排名第2名,为并列末位") in written(YellowCard.objects.order_by("platform__code")[0], bureau)


def test_the_job_repeated_writes_no_second_letter(proposed, bureau):
    card = YellowCard.objects.get()
    written(card, bureau)
    sealed = card.letter_id
    first = Job.objects.get(kind="rewards.write_letter")
    again = jobs.enqueue(first.kind, key="again", arguments=first.arguments, by=bureau)
    assert jobs.run(again.pk)
    card.refresh_from_db()
    assert card.letter_id == sealed


def test_without_fonts_the_letter_waits_and_is_written_when_they_are_there(proposed, bureau, tmp_path, client):
    card = YellowCard.objects.get()
    confirm_proposal(proposal=card, reason="情况属实", by=bureau)
    job = Job.objects.get(kind="rewards.write_letter")
    with override_settings(FONT_DIR=tmp_path):
        assert jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DEAD, 1)
    client.force_login(bureau)
    shown = client.get(reverse("desk_job", args=[job.pk])).content.decode()
    assert f"缺少公文字体文件 {tmp_path / 'FandolFang-Regular.otf'},不能生成公文。请安装软件包" in shown
    assert "多次执行失败" not in shown
    jobs.requeue(job=job, by=bureau)
    assert job.result is None
    jobs.run(job.pk)
    card.refresh_from_db()
    assert card.letter is not None and bytes(card.letter.content).startswith(b"%PDF")


def test_later_edits_of_the_registry_change_no_letter(proposed, bureau, county_platforms):
    card = confirm_proposal(proposal=YellowCard.objects.get(), reason="情况属实", by=bureau)
    before = letter_of(card)
    platform = county_platforms[2]
    platform.name = "改名后的平台"
    platform.save()
    card.refresh_from_db()
    assert letter_of(YellowCard.objects.get()) == before
