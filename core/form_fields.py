"""What is typed into a form: every text field of every form, the admin's and the libraries' too, puts right what is
harmless and refuses by name what may not stay."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.characters import clean, faults

_of_django = forms.CharField.to_python


def install() -> None:
    """Once, when the portal starts. Django has no other place that all text fields pass: those of a model's form, of
    the admin and of the libraries are made without us. Model forms take over the cleaned value."""
    forms.CharField.to_python = _to_python  # type: ignore[assignment, method-assign]


def _to_python(field: forms.CharField, value: Any) -> Any:
    """A password stays as it was typed: it is compared by its digest and shown nowhere."""
    typed = _of_django(field, value)
    if not isinstance(typed, str) or isinstance(field.widget, forms.PasswordInput):
        return typed
    text = clean(typed, lines=isinstance(field.widget, forms.Textarea))
    if wrong := faults(text, str(field.label or "")):
        raise ValidationError(wrong, code="character")
    return text or field.empty_value
