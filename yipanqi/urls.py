"""What is open to browsers."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="projects"), name="home"),
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("", include("yipanqi.standing.urls")),
    path("", include("yipanqi.assessment.urls")),
    path("", include("yipanqi.documents.imports.urls")),
    path("", include("yipanqi.documents.papers.urls")),
]
