"""The first page of an empty installation: a place is founded, once."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yipanqi.core.clock import now
from yipanqi.core.problems import Problem, Refused, refuse
from yipanqi.dashboards.actions import found_from
from yipanqi.dashboards.forms.start import FoundingForm
from yipanqi.dashboards.reads.presets import preset_named, presets
from yipanqi.dashboards.reads.start import code_file, code_matches, is_empty
from yipanqi.facts.targets.rules import PlanLine
from yipanqi.org.actions.founding import found_place
from yipanqi.standing.forms.fields import checked


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Found a place: open the books, name the first two. Once somebody exists this page does not."""
    if not is_empty():
        raise Http404
    form = FoundingForm(request.POST if request.method == "POST" else None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            waiting = _found(form)
        except Refused as refused:
            problems = refused.problems
        else:
            code_file().unlink(missing_ok=True)
            messages.success(request, _("已开账，请用招商部门负责人或系统管理员的账号登录"))
            if waiting:
                told = _("预设里有 %(number)s 行任务是给个人的，人员导入后在“下达年度计划”里下达")
                messages.info(request, told % {"number": len(waiting)})
            return redirect(f"{reverse('account_login')}?next={reverse('guide')}")
    context = {"form": form, "problems": problems, "presets": presets()}
    return render(request, "dashboards/start.html", context, status=422 if problems else 200)


def _found(form: FoundingForm) -> Sequence[PlanLine]:
    """Do what the form says; a wrong code tells nothing of the rest. Answers what waits for people."""
    if not code_matches(str(form.data.get("code", ""))):
        text = _("与启动服务时显示的“开账口令”不符；重启服务会显示新的一个")
        raise refuse(text, where=_("一次性口令"))
    typed = checked(form)
    first = {
        "place": typed["place"],
        "bureau": typed["bureau"],
        "administrator": form.first("admin", str(_("系统管理员"))),
        "chief": form.first("chief", str(_("负责人"))),
        "at": now(),
    }
    if not typed["preset"]:
        found_place(**first)
        return ()
    preset = preset_named(typed["preset"])
    return found_from(preset, units=typed["units"].splitlines(), **first).waiting
