"""What is open to browsers."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from yipanqi.api import api
from yipanqi.org.access import once_founded

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/login/", once_founded(account.login), name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("language/", set_language, name="set_language"),
    path("api/", api.urls),
    path("", include("yipanqi.dashboards.urls")),
    path("", include("yipanqi.lists.urls")),
    path("", include("yipanqi.standing.urls")),
    path("", include("yipanqi.assessment.urls")),
    path("", include("yipanqi.course.urls")),
    path("", include("yipanqi.documents.imports.urls")),
    path("", include("yipanqi.documents.papers.urls")),
    path("", include("yipanqi.documents.library.urls")),
    path("", include("yipanqi.documents.personal.urls")),
    path("", include("yipanqi.documents.results.urls")),
]
