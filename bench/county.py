"""The county that is measured: made once, used again."""

from urllib.parse import urlsplit

import psycopg
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.db.models import Count
from psycopg import sql

from bench import DATABASE
from yipanqi.cli import scale, serving
from yipanqi.facts.projects.models import Part, Project
from yipanqi.org.models import Person
from yipanqi.org.rules import Kind, Role
from yipanqi.settings import AUTHENTICATION_BACKENDS

FACTS_A_PROJECT = 10


def prepare(projects: int) -> None:
    """Create the database where there is none, bring it to this release, load the county once."""
    parts = urlsplit(DATABASE)
    name = parts.path.strip("/")
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as server:
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is None:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    serving.setup()
    if not Project.objects.exists():
        print(f"装入 {projects} 个项目的虚构县，只做这一次", flush=True)
        scale.load(projects=projects, facts=projects * FACTS_A_PROJECT)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def liaison() -> Person:
    """The liaison of the township with the most projects: limited rights, and still much to see."""
    towns = Part.objects.current().filter(unit__kind=Kind.TOWNSHIP)
    busiest = towns.values("unit_id").annotate(n=Count("project_id", distinct=True)).order_by("-n")
    [first] = busiest[:1]
    posts = Person.objects.filter(posts__unit_id=first["unit_id"], posts__role=Role.LIAISON)
    return posts.order_by("pk")[0]


def clerk() -> Person:
    """Somebody of the promotion bureau, who sees the whole county."""
    return Person.objects.filter(posts__role=Role.CLERK).order_by("pk")[0]


def session_of(person: Person) -> str:
    """A session in which a person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    assert session.session_key is not None
    return session.session_key
