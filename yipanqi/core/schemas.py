"""What programs send and are told: a form says what may come in, every refusal has one shape."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import ConfigDict, Field, JsonValue, StrictBool, StrictInt, StrictStr, create_model

from yipanqi.core.problems import Problem, Refused, Weight

Shape = forms.Form | type[forms.Form]


class ToldProblem(Schema):
    """One reason why something was not done."""

    where: str
    text: str
    clause: str
    weight: Weight


class Problems(Schema):
    """Everything that stands in the way, at once; nothing has been written."""

    problems: list[ToldProblem]


REFUSALS: dict[int, type[Schema]] = dict.fromkeys((401, 403, 404, 422), Problems)
"""What every call may be answered with instead."""


class Taken(Schema):
    """What a call takes; names that it does not know are refused."""

    model_config = ConfigDict(extra="forbid")


Taking = TypeVar("Taking", bound=Taken)


def takes(
    *shapes: Shape, without: Collection[str] = (), texts: bool = False
) -> Callable[[type[Taking]], type[Taking]]:
    """Make a schema take what forms take, its only definition; `texts` where all comes as text.

    It refuses kinds of JSON that a field cannot read. Whether a value is right, or missing, the form
    alone decides. Files come beside it.
    """
    taken = {each: field for each, field in fields_of(*shapes).items() if each not in without}
    required: list[JsonValue] = [
        each for each, field in taken.items() if field.required and field.initial is None
    ]
    config = ConfigDict(json_schema_extra={"required": required})

    def filled(schema: type[Taking]) -> type[Taking]:
        columns = {each: _column(field, texts=texts) for each, field in taken.items()}
        base = type(schema.__name__, (schema,), {"model_config": config})
        return create_model(
            schema.__name__,
            __base__=base,
            __doc__=schema.__doc__,
            __module__=schema.__module__,
            **columns,
        )

    return filled


def fields_of(*shapes: Shape) -> dict[str, forms.Field]:
    """The fields of forms that are sent together, without their files."""
    found: dict[str, forms.Field] = {}
    for shape in shapes:
        found |= shape.fields if isinstance(shape, forms.Form) else shape.base_fields
    return {name: field for name, field in found.items() if not isinstance(field, forms.FileField)}


def _column(field: forms.Field, *, texts: bool) -> Any:  # what pydantic takes for a field
    extra = {"format": "date"} if isinstance(field, forms.DateField) else None
    told = Field(
        default=None,
        title=str(field.label or "") or None,
        description=_explained(field) or None,
        json_schema_extra=extra,  # type: ignore[arg-type]  # narrower than it needs to be there
    )
    return (StrictStr if texts else _kind(field)) | None, told


def _kind(field: forms.Field) -> Any:  # a type as a value
    if isinstance(field, forms.BooleanField):
        return StrictBool
    if isinstance(field.widget, forms.SelectMultiple):
        return list[StrictInt | StrictStr]
    if isinstance(field, forms.IntegerField) and not isinstance(field, forms.DecimalField):
        return StrictInt
    if isinstance(field, forms.TypedChoiceField):
        return StrictInt | StrictStr
    plain = type(field) in {forms.CharField, forms.ChoiceField}
    return StrictStr if plain or isinstance(field, forms.DateField) else StrictInt | StrictStr


def _explained(field: forms.Field) -> str:
    """What a reader of the description needs: the hint of the page, and what can be chosen."""
    options = getattr(field, "choices", ())
    named = "、".join(f"{value}={label}" for value, label in options if value != "")
    return "；".join(text for text in (str(field.help_text), named) if text)


def initials(*shapes: Shape) -> dict[str, Any]:
    """What stands in the fields before anybody has typed: a program that leaves them out means that."""
    fields = fields_of(*shapes)
    return {name: field.initial for name, field in fields.items() if field.initial is not None}


def typed_in(sent: Taken) -> dict[str, Any]:
    """What a program sent, as a form takes it: null is an empty field, what it left out is absent."""
    given = sent.model_dump(exclude_unset=True)
    return {name: "" if value is None else value for name, value in given.items()}


def refuse_unknown(names: Iterable[str], known: type[Taken]) -> None:
    """Refuse what nobody would look at, in an address or in a form that was sent."""
    if strange := sorted(set(names) - known.model_fields.keys()):
        raise Refused(Problem(text=gettext(UNKNOWN), where=name) for name in strange)


def answered(content: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """An answer in JSON: days as 2026-11-20, text readable as it stands."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return HttpResponse(text, content_type="application/json; charset=utf-8", status=status)


def _plain(value: object) -> Any:  # whatever JSON can hold
    if isinstance(value, date) and not hasattr(value, "hour"):
        return value.isoformat()
    return DjangoJSONEncoder().default(value)


def told(problems: Iterable[Problem], *, status: int = 422, **more: object) -> HttpResponse:
    """A refusal with all its reasons."""
    listed = [
        {"where": str(p.where), "text": str(p.text), "clause": p.clause, "weight": p.weight.value}
        for p in problems
    ]
    return answered({"problems": listed, **more}, status=status)


UNKNOWN = _("没有这一项，请核对名称")
WRONG = _("类型不对，金额、份额请写成文字或整数")
KINDS = {
    "extra_forbidden": UNKNOWN,
    "missing": _("缺少这一项"),
    "string_type": _("应写成文字（加引号）"),
    "int_type": _("应写成整数"),
    "bool_type": _("应写成 true 或 false"),
    "list_type": _("应写成清单"),
}


def _misread(errors: Iterable[Mapping[str, Any]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for error in errors:
        where = next((str(step) for step in reversed(error["loc"]) if _is_name(step)), "")
        if where not in seen:
            seen.add(where)
            yield Problem(
                text=gettext(KINDS.get(error["type"], WRONG)),
                where=where,
            )


def _is_name(step: object) -> bool:
    return isinstance(step, str) and step not in {
        "str",
        "int",
        "constrained-str",
        "constrained-int",
    }


def tell_refusals(api: NinjaAPI) -> None:
    """From here on every refusal of these routes has the one shape."""

    def tells(kind: type[Exception], answer: Callable[..., HttpResponse]) -> None:
        api.add_exception_handler(kind, answer)

    tells(Refused, lambda _request, refused: told(refused.problems))
    tells(ValidationError, lambda _request, error: told(_misread(error.errors)))
    tells(AuthenticationError, partial(_simply, 401, _("请先登录")))
    tells(PermissionDenied, partial(_simply, 403, _("你没有这项权限")))
    tells(Http404, partial(_simply, 404, _("没有这条记录，或它不在你的查看范围")))
    tells(HttpError, _as_said)


def _simply(status: int, text: str, _request: HttpRequest, _error: Exception) -> HttpResponse:
    return told([Problem(text=gettext(text))], status=status)


def _as_said(_request: HttpRequest, error: HttpError) -> HttpResponse:
    words = {400: _("请求正文不是能读的 JSON"), 403: _("缺少防伪令牌，请带上 X-CSRFToken")}
    text = words.get(error.status_code, error.message)
    return told([Problem(text=gettext(text))], status=error.status_code)
