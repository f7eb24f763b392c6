"""Finding words in text that is written without blanks: an index over characters and their pairs."""

from typing import Any

from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.lookups import Contains
from django.db.models.sql.compiler import SQLCompiler

FUNCTION = """
CREATE OR REPLACE FUNCTION core_pairs(t text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT array_agg(DISTINCT substr(t, i, n)) FROM generate_series(1, length(t)) i, generate_series(1, 2) n
$$
"""
"""Every character of a text and every two that stand side by side."""


class Reads(Contains):
    """A text occurs in a column, as `contains` says it, but found by its pairs of characters.

    The trigram index of PostgreSQL finds nothing shorter than three characters, and most Chinese
    words have two.
    """

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:  # parameters of a query
        """With one more condition, which an index of `PairsIndex` answers."""
        sql, params = super().as_sql(compiler, connection)
        text = str(self.rhs)
        column, known = self.process_lhs(compiler, connection)
        pairs = sorted({text[i : i + 2] for i in range(max(len(text) - 1, 1))})
        return f"({sql} AND core_pairs({column}) @> %s::text[])", [*params, *known, pairs]


class PairsIndex(migrations.RunPython):
    """Migration operation: this column is searched by words; SQLite reads it from end to end."""

    def __init__(self, table: str, column: str, name: str) -> None:
        self.table, self.column, self.name = table, column, name
        index = f"CREATE INDEX {name} ON {table} USING gin (core_pairs({column}))"

        def forwards(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
            _run(editor, FUNCTION, index)

        def backwards(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
            _run(editor, f"DROP INDEX IF EXISTS {name}")

        super().__init__(forwards, backwards)


def _run(editor: BaseDatabaseSchemaEditor, *statements: str) -> None:
    if editor.connection.vendor == "postgresql":
        for statement in statements:
            editor.execute(statement)
