"""Files that prove a claim: laid down before it is made, handed out only unchanged."""

from dataclasses import dataclass

from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yipanqi.core.clock import today
from yipanqi.core.files import Evidence, content_of, keep_evidence
from yipanqi.core.problems import Problem, Refused
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.rules import Can
from yipanqi.standing.access import claim_in_sight
from yipanqi.standing.reads.desk import story_of
from yipanqi.standing.views.sent import handed_out


@dataclass(frozen=True)
class Laid:
    """The files of a claim that is being written, and what is wrong with those not taken."""

    files: tuple[Evidence, ...] = ()
    problems: tuple[Problem, ...] = ()
    tokens: tuple[tuple[str, Evidence], ...] = ()
    """Proof, for the form sent again, that this person has uploaded a file already."""


def laid_down(request: PersonRequest) -> Laid:
    """Keep what was uploaded, beside what was kept when the form was sent before."""
    salt = f"evidence:{request.user.pk}"
    files: dict[str, Evidence] = {}
    problems: list[Problem] = []
    for token in request.POST.getlist("kept"):
        try:
            file = Evidence(*signing.loads(token, salt=salt))
        except signing.BadSignature:
            problems.append(Problem(text=_("之前上传的文件要重新上传"), where=_("佐证材料")))
        else:
            files[file.digest] = file
    for upload in request.FILES.getlist("evidence"):
        try:
            file = keep_evidence(upload)
        except Refused as refused:
            problems += refused.problems
        else:
            files[file.digest] = file
    tokens = tuple(
        (signing.dumps((f.digest, f.name, f.size), salt=salt), f) for f in files.values()
    )
    return Laid(tuple(files.values()), tuple(problems), tokens)


@needs(Can.SEE_PROJECT)
def evidence(request: PersonRequest, claim_id: int, digest: str) -> HttpResponse:
    """Hand out a file as it was laid down; one that was changed since is refused."""
    claim = claim_in_sight(request.user, claim_id)
    file = next((one for one in claim.files if one.digest == digest), None)
    if file is None:
        raise Http404
    try:
        content = content_of(file)
    except Refused as refused:
        story = story_of(claim, as_of=today())
        context = {"story": story, "claim": claim, "problems": refused.problems}
        return render(request, "standing/claim.html", context, status=422)
    return handed_out(file, content)
