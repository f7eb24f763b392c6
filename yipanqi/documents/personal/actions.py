"""What can happen to a personal file: somebody looks at another's, and that is written down."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from yipanqi.core.problems import refuse
from yipanqi.documents.personal.reads.access import OPENED
from yipanqi.ledger.actions import Line, append
from yipanqi.ledger.models import Entry, subject_of
from yipanqi.org.models import Person


@transaction.atomic
def open_dossier(*, subject: Person, purpose: str, by: Person, at: datetime) -> Entry:
    """Open another's personal file for a day (P2); who looked, at whose and why stands in the ledger."""
    if subject.pk == by.pk:
        raise refuse(_("自己的档案不用调阅，直接打开"))
    [entry] = append([Line(OPENED, subject_of(subject), {"purpose": purpose})], by=by, at=at)
    return entry
