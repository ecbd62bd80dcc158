"""Words and one fragment of the consequences' pages. Nothing is decided here.

`{% load consequences %}{% confirmed_consequences publication %}` shows what was confirmed on a ranking on that
ranking's own page, so that the evaluation need not know that rewards exist; without any it prints nothing.
"""

from django import template

from core import policy
from evaluation.ranking.models import Publication
from rewards.queries.proposals import confirmed_on

register = template.Library()


@register.filter
def citation(code: str) -> str:
    """A clause's code as people name it: R5.2 → 《实施细则》第五条第(二)项."""
    return policy.citation(code)


@register.inclusion_tag("rewards/confirmed.html")
def confirmed_consequences(publication: Publication) -> dict[str, object]:
    return {"groups": confirmed_on(publication), "heading": "结果应用", "level": 3}
