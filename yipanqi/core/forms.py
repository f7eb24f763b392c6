"""What was typed, once it is clean."""

from typing import Any

from django import forms

from yipanqi.core.problems import Problem, Refused


def checked(form: forms.Form) -> dict[str, Any]:
    """What was typed, cleaned; refuses with one problem a field, in the field's own words."""
    if form.is_valid():
        return form.cleaned_data
    raise Refused(
        Problem(
            text=str(error), where=str(form.fields[name].label or "") if name in form.fields else ""
        )
        for name, errors in form.errors.items()
        for error in errors
    )


def all_checked(*parts: forms.Form) -> dict[str, Any]:
    """What was typed into forms that are sent together; refuses with what is wrong in any of them."""
    typed: dict[str, Any] = {}
    problems: list[Problem] = []
    for form in parts:
        try:
            typed |= checked(form)
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    return typed
