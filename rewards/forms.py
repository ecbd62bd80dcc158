"""What people type in: the reason of a decision."""

from django import forms


class DecisionForm(forms.Form):
    """A reason for either decision; which one, the button pressed says."""

    reason = forms.CharField(
        label="决定理由",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="确认后公开;不予采纳的理由留存备查",
        error_messages={"required": "请填写决定理由"},
    )
