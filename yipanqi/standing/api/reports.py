"""What is reported on projects and decided about it, for programs."""

from django.http import HttpResponse
from ninja import Form, Router, Schema, UploadedFile
from ninja.params.functions import File

from yipanqi.core.clock import now, today
from yipanqi.core.files import keep_evidence
from yipanqi.core.forms import checked
from yipanqi.core.problems import refuse
from yipanqi.core.schemas import REFUSALS, Taken, answered, refuse_unknown, takes, typed_in
from yipanqi.facts.projects.actions.report import NewClaim, report_progress
from yipanqi.facts.projects.actions.report import claim as make_claim
from yipanqi.facts.projects.models import Project
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import KEY, grants, once_for
from yipanqi.org.rules import Can
from yipanqi.place.reads import settings_on
from yipanqi.standing.access import claims_to_decide, project_for
from yipanqi.standing.actions import Decision, decide
from yipanqi.standing.forms.claims import ClaimForm, DecideForm, ProgressForm
from yipanqi.standing.reads.desk import reporting_units
from yipanqi.standing.rules import Outcome

router = Router(tags=["申报与认定"])


@takes(ClaimForm, without={"key"}, texts=True)
class ClaimNew(Taken):
    """A node reached, or money that arrived, beside its evidence."""


@takes(ProgressForm, without={"key"})
class ProgressNew(Taken):
    """What has moved, and what is in the way."""


@takes(DecideForm, without={"claims"})
class VerdictNew(Taken):
    """What the office says of the claim."""


EVIDENCE = File([], description="佐证材料，可以有多个")


class Written(Schema):
    """A fact that stands in the ledger under this number."""

    seq: int


@router.post(
    "/projects/{int:project_id}/claims",
    response={201: Written, **REFUSALS},
    summary="申报环节或到位资金",
)
@grants(Can.CLAIM)
def claim(
    request: PersonRequest,
    project_id: int,
    sent: Form[ClaimNew],
    evidence: list[UploadedFile] = EVIDENCE,
    key: str = KEY,
) -> HttpResponse:
    """Report a node or money that arrived, with its evidence, as multipart/form-data."""
    project = project_for(request.user, project_id, Can.CLAIM)
    typed = checked(_claim_form(request, project))
    files = tuple(keep_evidence(file) for file in typed["evidence"])
    said = {name: typed[name] for name in ("node", "happened_on", "amount", "currency", "note")}
    new = NewClaim(project=project, unit_id=typed["unit"], evidence=files, **said)

    def do() -> dict[str, object]:
        return {"seq": make_claim(new=new, by=request.user, at=now()).pk}

    asked = {**typed_in(sent), "files": [file.digest for file in files]}
    return answered(once_for(request, key, asked, do), status=201)


def _claim_form(request: PersonRequest, project: Project) -> ClaimForm:
    refuse_unknown(request.POST, ClaimNew)
    if set(request.FILES) - {"evidence"}:
        raise refuse("文件要放在 evidence 里", where="佐证材料")
    settings = settings_on(project.place_id, today())
    units = reporting_units(project, request.user)
    return ClaimForm(request.POST, request.FILES, settings=settings, units=units)


@router.post(
    "/projects/{int:project_id}/progress", response={201: Written, **REFUSALS}, summary="报进展"
)
@grants(Can.CLAIM)
def progress(
    request: PersonRequest, project_id: int, sent: ProgressNew, key: str = KEY
) -> HttpResponse:
    """Report what has moved and what is in the way."""
    project = project_for(request.user, project_id, Can.CLAIM)
    data = typed_in(sent)
    typed = checked(ProgressForm(data))
    said = {name: typed[name] for name in ("text", "happened_on", "problem")}

    def do() -> dict[str, object]:
        return {"seq": report_progress(project=project, by=request.user, at=now(), **said).pk}

    return answered(once_for(request, key, data, do), status=201)


@router.post(
    "/claims/{int:claim_id}/verdict", response={201: Written, **REFUSALS}, summary="认定或退回"
)
@grants(Can.VERIFY)
def verdict(
    request: PersonRequest, claim_id: int, sent: VerdictNew, key: str = KEY
) -> HttpResponse:
    """Accept or return a claim that waits for one's own office."""
    [made] = claims_to_decide(request.user, [claim_id])
    data = typed_in(sent)
    typed = checked(DecideForm({**data, "claims": [claim_id]}))
    outcome = Outcome(typed["outcome"])
    reason = typed["reason"] if outcome is Outcome.RETURNED else ""

    def do() -> dict[str, object]:
        return {"seq": decide([Decision(made, outcome, reason)], by=request.user, at=now())[0].pk}

    return answered(once_for(request, key, data, do), status=201)
