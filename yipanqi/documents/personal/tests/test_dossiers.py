"""Personal files: one's own, another's once the opening is written down, nobody else's."""

from datetime import UTC, date, datetime
from io import BytesIO

import docx
import pytest

from yipanqi.assessment.actions import adopt_method
from yipanqi.cli.founding import METHOD
from yipanqi.documents.personal.actions import open_dossier
from yipanqi.facts.projects.actions.register import set_parts
from yipanqi.facts.projects.models import Part
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.ledger import reads
from yipanqi.ledger.models import Entry
from yipanqi.org.actions import appoint, open_person
from yipanqi.org.factories import NOON
from yipanqi.org.models import Post
from yipanqi.org.rules import Role
from yipanqi.standing.factories import make_project, recognise
from yipanqi.standing.tests.pages import of, page
from yipanqi.standing.tests.programs import problems_of, sent

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2026, 1, 1)


@pytest.fixture
def appraiser(county):
    person = open_person(username="kaocha", name="沈洁", by=county.administrator, at=NOON)
    appoint(
        person=person,
        unit=county.place,
        title="考察专员",
        role=Role.APPRAISER,
        from_on=NEW_YEAR,
        by=county.administrator,
        at=NOON,
    )
    return person


@pytest.fixture
def worked(county):
    """A project signed and funded, for which somebody of the township answers by name."""
    project = make_project(county)
    recognise(project, "signed")
    recognise(project, "funds", amount=3_000_000_000)
    shares = [part.share() for part in Part.objects.current().filter(project=project)]
    lead = Share(
        unit_id=county.units["青山镇"].pk,
        role=PartRole.LEAD,
        person_id=county.liaison().pk,
    )
    leader = Share(unit_id=county.units["县长岗位"].pk, role=PartRole.LEADER)
    kept = [one for one in shares if one.role in (PartRole.INTRODUCER, PartRole.LANDING)]
    set_parts(project=project, shares=[*kept, lead, leader], by=county.clerk, at=NOON)
    text = METHOD.read_text(encoding="utf-8")
    adopt_method(place=county.place, text=text, by=county.chief, at=NOON)
    return project


def achieved(client, person):
    [period] = client.get(f"/api/dossiers/{person.pk}").json()["periods"]
    return {one["code"]: (one["number"], one["fen"]) for one in period["achieved"]}


def test_ones_own_file_tells_what_was_done_and_each_figure_opens(township, county, worked):
    mine = county.liaison()

    shown = page(township.get(f"/dossiers/{mine.pk}/"))
    told = achieved(township, mine)

    assert told["introduced"] == (1, worked.total_fen)
    assert told["funds"] == (1, 3_000_000_000)
    assert told["led"] == (1, worked.total_fen)
    assert told["claimed"] == (2, None)
    assert 'data-fen="3000000000"' in shown
    assert "1 / 3 个" in shown
    assert "乡镇" in shown
    post = Post.objects.get(person=mine)
    behind = page(township.get(f"/dossiers/{mine.pk}/{post.pk}/funds/"))
    assert '<strong data-fen="3000000000"' in behind
    assert f'href="/projects/{worked.pk}/"' in behind
    assert township.get(f"/dossiers/{mine.pk}/{post.pk}/nothing/").status_code == 404
    assert township.get(f"/dossiers/{mine.pk}/{post.pk + 99}/funds/").status_code == 404


def test_an_office_has_verified_and_a_leader_answers_for_what_is_paired(client, county, worked):
    client.force_login(county.verifier())
    assert achieved(client, county.verifier())["verified"] == (1, None)

    client.force_login(county.leader)
    assert achieved(client, county.leader)["led"] == (1, worked.total_fen)
    assert "包保：青山镇" in page(client.get(f"/dossiers/{county.leader.pk}/"))


def test_another_opens_it_for_a_day_with_a_reason_that_the_person_sees(
    client, county, appraiser, worked, settings
):
    client.force_login(appraiser)
    subject = county.liaison()
    address = f"/dossiers/{subject.pk}/"
    assert "调阅事由" in page(client.get(address))
    assert client.get(f"{address}word/").status_code == 404
    assert client.post(f"{address}open/", {"purpose": ""}).status_code == 422

    opened = client.post(f"{address}open/", {"purpose": "拟任镇长考察"})

    assert opened.url == address
    assert "单位引进签约" in page(client.get(address))
    assert f'href="/projects/{worked.pk}/"' not in page(
        client.get(f"{address}{Post.objects.get(person=subject).pk}/funds/")
    )
    entry = Entry.objects.about(subject).of("dossier").get()
    assert (entry.actor_id, "拟任镇长考察" in entry.payload) == (appraiser.pk, True)
    assert "拟任镇长考察" in page(of(subject, address))
    assert list(reads.findings()) == []
    settings.CLOCK_OFFSET = datetime(2026, 11, 21, 4, tzinfo=UTC) - datetime.now(UTC)
    assert "调阅事由" in page(client.get(address))


def test_nobody_else_finds_it(county, appraiser):
    subject = county.liaison()

    for person in (county.liaison("柳河镇"), county.clerk, county.leader, county.administrator):
        assert of(person, f"/dossiers/{subject.pk}/").status_code == 404
        assert of(person, "/dossiers/").status_code == 403
    assert of(subject, f"/dossiers/{subject.pk}/open/").status_code == 405
    assert "/dossiers/" in page(of(appraiser, "/bulletins/"))
    assert "没有这样的人" in page(of(appraiser, "/dossiers/?q=查无此人"))
    assert subject.name in page(of(appraiser, "/dossiers/"))


def test_nobody_opens_ones_own_or_one_of_another_place(client, appraiser, county):
    client.force_login(appraiser)

    own = client.post(f"/dossiers/{appraiser.pk}/open/", {"purpose": "看看"})

    assert own.status_code == 422
    assert "自己的档案不用调阅" in page(own)
    assert client.post("/dossiers/999999/open/", {"purpose": "看看"}).status_code == 404


def test_a_term_that_ended_counts_only_what_fell_within_it(township, county, worked):
    mine = county.liaison()
    Post.objects.filter(person=mine).update(to_on=date(2026, 5, 9), from_on=date(2024, 1, 1))
    later = appoint(
        person=mine,
        unit=county.units["柳河镇"],
        title="镇长",
        role=Role.LIAISON,
        from_on=date(2026, 5, 9),
        by=county.clerk,
        at=NOON,
    )

    periods = township.get(f"/api/dossiers/{mine.pk}").json()["periods"]

    assert [(one["unit"], one["since"], one["until"]) for one in periods] == [
        ("柳河镇", "2026-05-09", "2026-11-20"),
        ("青山镇", "2024-01-01", "2026-05-08"),
    ]
    assert [one["number"] for one in periods[1]["achieved"]][:2] == [0, 0]
    assert later.pk


def test_the_file_comes_as_a_word_document(township, county, worked):
    response = township.get(f"/dossiers/{county.liaison().pk}/word/")

    document = docx.Document(BytesIO(response.content))
    words = "\n".join(one.text for one in document.paragraphs)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert f"{county.liaison().name}同志招商引资实绩档案" in words.replace("\n", "")
    assert "单位引进到位资金" in cells
    assert "3,000" in cells


def test_programs_open_with_a_reason_first(client, county, appraiser):
    client.force_login(appraiser)
    address = f"/api/dossiers/{county.liaison().pk}"

    closed = client.get(address)
    made = sent(client, f"{address}/openings", {"purpose": "考察"}, key="a1")
    again = sent(client, f"{address}/openings", {"purpose": "考察"}, key="a1")

    assert problems_of(closed) == {"purpose": "先写明事由调阅，当天内可以查看"}
    assert (made.status_code, made.json()) == (201, again.json())
    assert client.get(address).status_code == 200
    assert client.get("/api/pledges/2026").json()["items"][0]["state"] == "missing"
    with pytest.raises(Exception, match="自己的档案不用调阅"):
        open_dossier(subject=appraiser, purpose="看看", by=appraiser, at=NOON)
