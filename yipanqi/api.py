"""What is open to programs."""

from ninja import NinjaAPI

from yipanqi.assessment.api import routers as assessment
from yipanqi.core.schemas import tell_refusals
from yipanqi.course.api import router as course
from yipanqi.documents.library.api import router as library
from yipanqi.documents.papers.api import router as papers
from yipanqi.documents.personal.api import router as personal
from yipanqi.documents.results.api import router as results
from yipanqi.lists.api import router as lists
from yipanqi.org.access import signed_in
from yipanqi.org.api import signed_in_session
from yipanqi.standing.api import routers as standing

api = NinjaAPI(
    title="一盘棋",
    version="1",
    description="与页面同一套表单、权限和动作。说明见 docs/reference/api.md。",
    docs_url=None,
    docs_decorator=signed_in,
    urls_namespace="api",
    auth=signed_in_session,
)
tell_refusals(api)
for router in (*standing, lists, *assessment, course, papers, library, personal, results):
    api.add_router("", router)
