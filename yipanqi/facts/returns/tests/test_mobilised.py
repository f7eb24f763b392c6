"""Units are called to mobilise by a day, and answer with a meeting and measures."""

from datetime import date

import pytest

from tests.helpers import refused
from yipanqi.facts.projects.factories import make_evidence
from yipanqi.facts.returns.actions import Held, answer_call, call_to_mobilise
from yipanqi.facts.returns.models import Mobilisation, Mobilised
from yipanqi.ledger import reads
from yipanqi.ledger.models import Entry
from yipanqi.org.factories import NOON
from yipanqi.org.rules import Kind
from yipanqi.place.factories import make_county, make_document

pytestmark = pytest.mark.django_db
MAY_20 = date(2026, 5, 20)


def make_call(county, *, kinds=(Kind.TOWNSHIP,), **changes):
    said = {"subject": "百日攻坚", "due_on": MAY_20, "kinds": kinds, **changes}
    return call_to_mobilise(place=county.place, by=county.clerk, at=NOON, **said)


def answer(county, call, unit="青山镇", **changes):
    said = {"held_on": MAY_20, "issued_on": MAY_20, "present": 40, "files": (make_evidence(),)}
    held = Held(**{**said, **changes})
    return answer_call(call=call, unit=county.units[unit], held=held, by=county.clerk, at=NOON)


def test_a_call_cites_its_document_and_an_answer_shows_its_measures():
    county = make_county()
    document = make_document(county)

    call = make_call(county, document=document, clause="第三条")
    answered = answer(county, call, issued_on=date(2026, 5, 21))

    assert (str(call), call.cited) == ("百日攻坚", "《青禾县招商引资项目管理规程》第三条")
    assert (str(answered), answered.done_on) == ("青山镇 百日攻坚", date(2026, 5, 21))
    assert [file.name for file in answered.files] == ["佐证.pdf"]
    assert Entry.objects.get(seq=answered.seq).kind == "fact:returns.mobilised"
    assert list(reads.findings()) == []


@pytest.mark.parametrize("kinds", [(), (Kind.PLACE,)])
def test_nobody_or_the_place_itself_cannot_be_called(kinds):
    county = make_county()

    with refused("请选出要动员部署的单位类别"):
        make_call(county, kinds=kinds)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"unit": "统计局"}, "这次动员部署不要求这类单位"),
        ({"held_on": date(2026, 11, 21)}, "会议还没有开"),
        ({"issued_on": date(2026, 11, 21)}, "措施还没有印发"),
        ({"files": ()}, "请附上印发的措施"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(changes, words):
    county = make_county()
    call = make_call(county)

    with refused(words):
        answer(county, call, **changes)


def test_the_last_answer_counts_and_all_stay():
    county = make_county()
    call = make_call(county)
    first, last = answer(county, call), answer(county, call, present=41)

    assert list(Mobilised.objects.last_words()) == [last]
    assert Mobilised.objects.filter(pk=first.pk).exists()


def test_who_has_answered_is_open_to_the_place_and_to_no_other():
    county, other = make_county(), make_county("白水县", prefix="bs-")
    answer(county, make_call(county))

    assert Mobilisation.objects.visible_to(county.liaison("柳河镇")).count() == 1
    assert Mobilised.objects.visible_to(county.liaison("柳河镇")).count() == 1
    assert not Mobilisation.objects.visible_to(other.clerk).exists()
    assert not Mobilised.objects.visible_to(other.clerk).exists()
