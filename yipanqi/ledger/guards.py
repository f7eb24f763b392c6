"""Triggers that refuse to change what is written. They refuse and stamp; they never record."""

from sqlite3 import complete_statement

from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "账本只增不改"

POSTGRES_FUNCTIONS = """
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '账本只增不改'; END $$;

CREATE OR REPLACE FUNCTION ledger_keep_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.simulated <> OLD.simulated AND OLD.seq > 0 THEN
    RAISE EXCEPTION '账本开账后不能改成或改掉演示账本';
  END IF;
  IF NEW.seq < OLD.seq OR NEW.clock < OLD.clock THEN
    RAISE EXCEPTION '账本的序号和时刻不能倒退';
  END IF;
  IF NOT NEW.simulated AND NEW.clock <> OLD.clock
     AND abs(extract(epoch FROM NEW.clock - clock_timestamp())) > 300 THEN
    RAISE EXCEPTION '账本时刻与数据库时钟相差超过五分钟';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION ledger_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE head ledger_head%ROWTYPE;
BEGIN
  SELECT * INTO head FROM ledger_head WHERE id = 1;
  IF NEW.seq > head.seq THEN RAISE EXCEPTION '账本条目没有占号'; END IF;
  NEW.recorded_at := head.clock;
  RETURN NEW;
END $$;
"""

POSTGRES_CHAIN = """
CREATE TRIGGER head_keeps_time BEFORE UPDATE ON ledger_head
  FOR EACH ROW EXECUTE FUNCTION ledger_keep_time();
CREATE TRIGGER head_stays BEFORE DELETE ON ledger_head
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER head_no_truncate BEFORE TRUNCATE ON ledger_head
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER entry_is_stamped BEFORE INSERT ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION ledger_stamp();
"""

SQLITE_CHAIN = """
CREATE TRIGGER head_keeps_time BEFORE UPDATE ON ledger_head
WHEN (NEW.simulated <> OLD.simulated AND OLD.seq > 0)
  OR NEW.seq < OLD.seq OR NEW.clock < OLD.clock
  OR (NOT NEW.simulated AND NEW.clock <> OLD.clock AND abs(julianday(NEW.clock) - julianday('now')) * 86400 > 300)
BEGIN SELECT RAISE(ABORT, '账本的序号和时刻不能倒退或偏离数据库时钟'); END;
CREATE TRIGGER head_stays BEFORE DELETE ON ledger_head
BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END;
CREATE TRIGGER entry_is_stamped BEFORE INSERT ON ledger_entry
WHEN (SELECT NEW.seq > seq OR substr(NEW.recorded_at || '.000000', 1, 26)
      <> substr(clock || '.000000', 1, 26) FROM ledger_head WHERE id = 1)
BEGIN SELECT RAISE(ABORT, '账本条目没有占号，或时刻不是账本的时刻'); END;
""".replace("{REFUSAL}", REFUSAL)


CHAIN = ("head_keeps_time", "head_stays", "head_no_truncate", "entry_is_stamped")


def only_grows(table: str, vendor: str) -> str:
    """The statements after which rows of `table` can be added and never changed or removed."""
    if vendor == "sqlite":
        return "".join(
            f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END;\n"
            for what in ("UPDATE", "DELETE")
        )
    return (
        f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION ledger_refuse();\n"
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();\n"
    )


def lifted(table: str, vendor: str) -> str:
    """The statements that take the triggers of `only_grows` away again."""
    names = (
        [f"{table}_no_update", f"{table}_no_delete"]
        if vendor == "sqlite"
        else [f"{table}_only_grows", f"{table}_no_truncate"]
    )
    on = "" if vendor == "sqlite" else f" ON {table}"
    return "".join(f"DROP TRIGGER IF EXISTS {name}{on};\n" for name in names)


class Chained(migrations.RunPython):
    """Migration operation: the ledger's own triggers, on its head and on its entries."""

    def __init__(self) -> None:
        def forwards(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
            chain(editor.connection)

        def backwards(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
            unchain(editor.connection)

        super().__init__(forwards, backwards)


def chain(connection: BaseDatabaseWrapper) -> None:
    """Put the ledger's own triggers in place."""
    sqlite = connection.vendor == "sqlite"
    run(connection, SQLITE_CHAIN if sqlite else POSTGRES_FUNCTIONS + POSTGRES_CHAIN)


def unchain(connection: BaseDatabaseWrapper) -> None:
    """Take the ledger's own triggers away again."""
    sqlite = connection.vendor == "sqlite"
    on = {name: "" if sqlite else f" ON ledger_{name.split('_')[0]}" for name in CHAIN}
    run(connection, "".join(f"DROP TRIGGER IF EXISTS {name}{on[name]};\n" for name in CHAIN))


class OnlyGrows(migrations.RunPython):
    """Migration operation: from here on this table only grows."""

    def __init__(self, table: str) -> None:
        self.table = table

        def forwards(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
            run(editor.connection, only_grows(table, editor.connection.vendor))

        def backwards(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
            run(editor.connection, lifted(table, editor.connection.vendor))

        super().__init__(forwards, backwards)


class Open(OnlyGrows):
    """Migration operation: the table gets another shape; `OnlyGrows` closes it again behind that."""

    def __init__(self, table: str) -> None:
        super().__init__(table)
        assert self.reverse_code is not None
        self.code, self.reverse_code = self.reverse_code, self.code


def run(connection: BaseDatabaseWrapper, sql: str) -> None:
    """Run several statements, each ending at a line's end, inside the present transaction."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute(sql)
            return
        statement = ""
        for line in sql.splitlines(keepends=True):
            statement += line
            if complete_statement(statement):
                cursor.execute(statement)
                statement = ""
