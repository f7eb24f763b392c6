"""The base documents of the invented county: what its definitions, method and tasks rest on."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from django.core.files.base import ContentFile

from yipanqi.cli.demo.stories import Done
from yipanqi.cli.evidence import pdf
from yipanqi.cli.founding import CLERK, Stage
from yipanqi.core.files import keep_evidence
from yipanqi.org.models import Person
from yipanqi.place.actions import DocumentSaid, file_document
from yipanqi.place.models import Document

COMMITTEE, GOVERNMENT = "中共青禾县委办公室", "青禾县人民政府办公室"
LEADING = "青禾县招商引资工作领导小组"
RULES, METHOD = "青禾县招商引资项目管理规程", "青禾县招商引资考核办法"
CALL = "关于召开招商引资动员部署会议的通知"

FILED: tuple[tuple[str, str, str, date, date | None], ...] = (
    (RULES, "青政办发〔2023〕41号", GOVERNMENT, date(2023, 12, 20), None),
    (
        "青禾县2024年招商引资目标任务",
        "青办发〔2024〕3号",
        COMMITTEE,
        date(2024, 1, 2),
        date(2024, 12, 31),
    ),
    (
        "青禾县2025年招商引资目标任务",
        "青办发〔2025〕3号",
        COMMITTEE,
        date(2025, 1, 2),
        date(2025, 12, 31),
    ),
    (METHOD, "青办发〔2025〕4号", COMMITTEE, date(2025, 1, 3), None),
    (
        "青禾县2026年招商引资目标任务",
        "青办发〔2026〕3号",
        COMMITTEE,
        date(2026, 1, 2),
        date(2026, 12, 31),
    ),
    (
        "2026年市对县招商引资目标任务",
        "市办发〔2026〕5号",
        "中共中州市委办公室",
        date(2026, 1, 4),
        date(2026, 12, 31),
    ),
    (METHOD, "青办发〔2026〕4号", COMMITTEE, date(2026, 1, 3), None),
    ("青禾县招商引资项目份额认定细则", "青招组〔2026〕1号", LEADING, date(2026, 1, 12), None),
    ("青禾县领导干部包保招商项目工作制度", "青办发〔2026〕6号", COMMITTEE, date(2026, 1, 20), None),
    ("青禾县招商引资工作领导小组成员名单", "青办发〔2026〕7号", COMMITTEE, date(2026, 2, 4), None),
    ("青禾县产业链链长制实施方案", "青政办发〔2026〕9号", GOVERNMENT, date(2026, 2, 26), None),
    (CALL, "青招组〔2026〕5号", LEADING, date(2026, 4, 28), date(2026, 12, 31)),
    ("青禾县招商引资军令状实施办法", "青招组〔2026〕3号", LEADING, date(2026, 2, 9), None),
)
"""Title, number, organ, the day it was issued and is valid from, the day it ends."""


def told() -> Iterator[Done]:
    """Each document is filed the day it is issued; those from before the books opened, at once."""
    for title, number, organ, issued, until in FILED:
        said = DocumentSaid(
            title=title,
            number=number,
            organ=organ,
            issued_on=issued,
            valid_from=issued,
            valid_to=until,
        )
        yield Done(on=max(issued, date(2024, 1, 4)), hand=CLERK, do=partial(_file, said=said))


def _file(stage: Stage, by: Person, at: datetime, *, said: DocumentSaid) -> Document:
    """With its file; a second one of a title is a new edition."""
    content = pdf(f"Qinghe demo document {said.issued_on}")
    kept = keep_evidence(ContentFile(content, name=f"{said.title}.pdf"))
    old = Document.objects.filter(place=stage.place, title=said.title).newest().first()
    said = DocumentSaid(**{**vars(said), "files": (kept,)})
    return file_document(place=stage.place, said=said, supersedes=old, by=by, at=at)
