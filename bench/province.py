"""A province is measured: 120 counties, a million projects, ten million facts, all scored and ranked.

`python -m bench.province` pours it once, in SQL: facts and what follows from them, without the
ledger's entries, which no score reads. `verify` is not for this database.
"""

from collections.abc import Callable, Mapping
from time import perf_counter
from urllib.parse import urlsplit

import psycopg
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from psycopg import sql

from bench import DATABASE
from bench.inside import METHOD
from yipanqi.assessment.reads.everywhere import everywhere
from yipanqi.assessment.reads.live import live
from yipanqi.cli import serving
from yipanqi.core.clock import now, today
from yipanqi.facts.projects.models import Part, Project
from yipanqi.ledger.models import Head
from yipanqi.ledger.rules import OPEN
from yipanqi.org.models import Unit
from yipanqi.org.rules import Kind
from yipanqi.place.reads import PRESETS
from yipanqi.standing.models import Recognised

NAME = "yipanqi_province"
COUNTIES, HOLDERS, PROJECTS = 120, 45, 1_000_000
NODES = ("lead", "signed", "registered", "started", "funds")
"""Each is claimed and judged: ten facts a project."""

FIRST_SEQ, STEP = 1_000, 1 + 2 * len(NODES)
FIRST_HOLDER = 2 + COUNTIES
DEFAULTS = {
    "boolean": "false",
    "smallint": "0",
    "integer": "0",
    "bigint": "0",
    "date": "'2026-01-01'",
}


def prepare() -> None:
    """Create the database where there is none, bring it to this release, pour the province once."""
    server_at = urlsplit(DATABASE)._replace(path="/postgres").geturl()
    with psycopg.connect(server_at, autocommit=True) as server:
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
        if known is None:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
    connection.close()
    connection.settings_dict["NAME"] = NAME
    serving.setup()
    if not Project.objects.exists():
        print(f"装入 {COUNTIES} 个县、{PROJECTS} 个项目，只做这一次", flush=True)
        with transaction.atomic():
            _pour()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _pour() -> None:
    with connection.cursor() as cursor:
        # neither triggers nor foreign keys: the rows are right by construction
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL synchronous_commit = off")
    _pour_units()
    _pour_definitions()
    _pour_projects()
    _pour_facts()
    last = FIRST_SEQ + PROJECTS * STEP
    Head.objects.create(pk=1, seq=last, clock=now(), simulated=True)


def _insert(table: str, rows: str, columns: Mapping[str, str], **params: str) -> None:
    """Rows from a query; what is not named is empty, nought or false."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type, is_nullable FROM information_schema.columns"
            " WHERE table_name = %s AND is_generated = 'NEVER' AND is_identity = 'NO'",
            [table],
        )
        needed = {
            name: DEFAULTS.get(kind, "''") for name, kind, null in cursor.fetchall() if null == "NO"
        }
        values = needed | dict(columns)
        names, says = ", ".join(values), ", ".join(values.values())
        began = perf_counter()
        written = f"INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE"
        statement = f"{written} SELECT {says} FROM {rows}"  # noqa: S608 - every word is ours
        cursor.execute(statement, params or None)
        print(f"{table} {cursor.rowcount} 行，{perf_counter() - began:.0f} 秒", flush=True)


def _pour_units() -> None:
    holder = f"{FIRST_HOLDER} + (c - 2) * {HOLDERS} + h"
    place = {"id": "1", "name": "'测算省'", "kind": "'place'", "path": "'/1/'"}
    county = {
        "id": "c",
        "name": "'第' || (c - 1) || '县'",
        "kind": "'place'",
        "path": "'/1/' || c || '/'",
        "parent_id": "1",
    }
    kinds = "CASE WHEN h < 15 THEN 'seat' WHEN h < 30 THEN 'township' ELSE 'department' END"
    own = {
        "id": holder,
        "name": "'第' || (c - 1) || '县第' || (h + 1) || '家'",
        "kind": kinds,
        "path": f"'/1/' || c || '/' || ({holder}) || '/'",
        "parent_id": "c",
    }
    counties = f"generate_series(2, {COUNTIES + 1}) c"
    holders = f"{counties}, generate_series(0, {HOLDERS - 1}) h"
    for rows, columns in (("(SELECT 1) one", place), (counties, county), (holders, own)):
        _insert("org_unit", rows, columns | {"version": "1"})
    span = {"unit_id": "id", "parent_id": "parent_id", "kind": "kind", "path": "path"}
    _insert("org_unitspan", "org_unit", span | _held("1"))


def _held(seq: str) -> dict[str, str]:
    return {"from_seq": seq, "to_seq": str(OPEN)}


def _pour_definitions() -> None:
    settings = (PRESETS / "qinghe.yaml").read_text("utf-8")
    method = METHOD.read_text("utf-8").replace(
        "[township, department, other_department, zone, seat]", "[township, department, seat]"
    )
    counties = "org_unit WHERE kind = 'place'"
    common = {"happened_on": "'2020-01-01'", "number": "1", "place_id": "id"}
    _insert(
        "place_settingsversion", counties, common | {"seq": "id", "text": "%(text)s"}, text=settings
    )
    columns = common | {"seq": "200 + id", "title": "'测算办法'", "text": "%(text)s"}
    if _has("assessment_methodversion", "code"):
        columns["code"] = "'annual'"
    _insert("assessment_methodversion", counties, columns, text=method)


def _has(table: str, column: str) -> bool:
    with connection.cursor() as cursor:
        names = [c.name for c in connection.introspection.get_table_description(cursor, table)]
    return column in names


def _pour_projects() -> None:
    projects = f"generate_series(0::bigint, {PROJECTS - 1}) p"
    on = "('2024-01-01'::date + ((p * 7919) % 1050)::int)"
    total = "((1000 + (p * 104729::bigint) % 199000) * 1000000)"
    seq = f"({FIRST_SEQ} + p::bigint * {STEP})"
    county = f"(2 + p % {COUNTIES})"
    common = {
        "industry": "(ARRAY['食品','电子','装备','化工','纺织'])[(1 + p % 5)::int]",
        "nature": "'新建'",
        "honour": "CASE WHEN p % 50 = 0 THEN 'fortune500' ELSE '' END",
        "level": "CASE WHEN p % 20 = 0 THEN 'county' ELSE '' END",
        "place_id": county,
        "total_fen": total,
    }
    _insert(
        "projects_project",
        projects,
        common
        | {"id": "p + 1", "code": "'P' || p", "name": "'测算项目' || p", "currency": "'CNY'"}
        | {"total": total, "stage": "'funds'", "signed_on": on, "last_fact_on": on, "version": "1"},
    )
    _insert("projects_projectspan", projects, common | _held(seq) | {"project_id": "p + 1"})
    holder = f"{FIRST_HOLDER} + (p % {COUNTIES}) * {HOLDERS} + "
    shared = "CASE WHEN p % 10 = 0 THEN 2 ELSE 1 END"
    for rows, role, whose, den in (
        (projects, "introducer", "(p / 120) % 45", shared),
        (f"{projects} WHERE p % 10 = 0", "introducer", "(p / 120 + 1) % 45", shared),
        (projects, "landing", "15 + (p / 120) % 15", "1"),
    ):
        part = {"project_id": "p + 1", "unit_id": holder + whose, "role": f"'{role}'"}
        _insert("projects_part", rows, part | {"num": "1", "den": den} | _held(seq))


def _pour_facts() -> None:
    """Node after node, thirty days apart; money counts on its day."""
    for k, node in enumerate(NODES):
        on = f"('2024-01-01'::date + ((p * 7919) % 1050)::int + {k * 20})"
        seq = f"({FIRST_SEQ} + p::bigint * {STEP} + {1 + 2 * k})"
        amount = "(500 + p % 5000) * 1000000::bigint" if node == "funds" else "NULL"
        rows = f"generate_series(0::bigint, {PROJECTS - 1}) p"
        unit = f"{FIRST_HOLDER} + (p % {COUNTIES}) * {HOLDERS} + (p / 120) % 45"
        claim = {"seq": seq, "happened_on": on, "node": f"'{node}'", "amount": amount}
        _insert(
            "projects_claim",
            rows,
            claim
            | {"currency": "'CNY'", "evidence": "'[]'", "unit_id": unit, "project_id": "p + 1"},
        )
        verdict = {"seq": f"{seq} + 1", "happened_on": on, "outcome": "'accepted'"}
        _insert(
            "standing_verdict",
            rows,
            verdict
            | {"amount_fen": amount, "claim_id": seq, "project_id": "p + 1", "settings_id": "1"},
        )
        counted = {"node": f"'{node}'", "counted_on": on, "amount_fen": amount}
        _insert(
            "standing_recognised",
            rows,
            counted | {"claim_id": seq, "project_id": "p + 1"} | _held(f"{seq} + 1"),
        )


def scored(many: Callable[[], int]) -> tuple[float, float, int, int]:
    """Seconds for all, seconds for the bare statements, how many holders, how many statements."""
    with CaptureQueriesContext(connection) as queries:
        many()
    began = perf_counter()
    holders = many()
    whole = perf_counter() - began
    statements = [query["sql"] for query in queries.captured_queries]
    with connection.cursor() as cursor:
        began = perf_counter()
        for statement in statements:
            cursor.execute(statement)
            cursor.fetchall()
        bare = perf_counter() - began
    return whole, bare, holders, len(statements)


def every_county() -> int:
    """Score every county; what was remembered is forgotten first."""
    counties = Unit.objects.filter(kind=Kind.PLACE, parent__isnull=False).order_by("pk")
    sheets = everywhere(list(counties.values_list("pk", flat=True)), day=today())
    return sum(len(group.rows) for sheet in sheets for group in sheet.sheet.groups)


def one_fact_later() -> list[float]:
    """Milliseconds until a county's sheet is right again after a verdict, ten times; nothing is kept."""
    took, county_id = list[float](), 2
    holders = Part.objects.filter(unit__parent_id=county_id, role="introducer").order_by("pk")[:10]
    for part in holders:
        with transaction.atomic():
            head = Head.objects.select_for_update().get(pk=1)
            seq = head.seq + 1
            claims = Recognised.objects.filter(project_id=part.project_id, node="funds")
            one = claims.values("claim_id", "amount_fen")[0]
            Recognised.objects.create(
                project_id=part.project_id, node="funds", counted_on=today(), from_seq=seq, **one
            )
            Head.objects.filter(pk=1).update(seq=seq, hash=f"{seq:064d}")
            began = perf_counter()
            assert live(county_id, day=today())
            took.append((perf_counter() - began) * 1000)
            transaction.set_rollback(True)
    return sorted(took)


def main() -> None:
    """Pour, score, tell."""
    prepare()
    whole, bare, holders, statements = scored(every_county)
    print(f"{holders} 家计分排名 {whole:.1f} 秒，上限 30")
    print(
        f"只取同样的数 {bare:.1f} 秒，{statements} 条语句；计分为其 {whole / bare:.2f} 倍，上限 2"
    )


if __name__ == "__main__":
    main()
