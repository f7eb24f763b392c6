"""Finding words in text that is written without blanks: an index over characters and their pairs."""

from functools import lru_cache
from string import ascii_letters, digits
from time import monotonic
from typing import Any

from django.db import connections, migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.lookups import Contains
from django.db.models.sql.compiler import SQLCompiler

FUNCTION = r"""
CREATE OR REPLACE FUNCTION core_pairs(t text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
  SELECT string_to_array(t, NULL)
    || string_to_array(regexp_replace(t, '(..)', '\1' || chr(31), 'g'), chr(31))
    || string_to_array(regexp_replace(substr(t, 2), '(..)', '\1' || chr(31), 'g'), chr(31))
$$
"""
"""Every character of a text, and every two that stand side by side: the even pairs and the odd ones.

The cost keeps the planner from working them out for every row where it could ask the index.
"""


COMMON = """
SELECT pair FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) AS c(pair, part)
WHERE attname = 'core_pairs' AND part > 0.15
"""
"""What stands in more than one row in seven, as the database has sampled them."""

SAMPLED_ANEW = 600
"""After so many seconds we ask for the samples again."""

WIDE = str.maketrans({chr(ord(sign) + 0xFEE0): sign for sign in ascii_letters + digits})


def half_width(text: str) -> str:
    """Full-width letters and digits as ordinary ones (Ａ１ as A1); punctuation keeps its width."""
    return text.translate(WIDE)


class Reads(Contains):
    """A text occurs in a column, as `contains` says it, but found by its pairs of characters.

    The trigram index of PostgreSQL finds nothing shorter than three characters, and most Chinese
    words have two. What nearly every row has (项目, 公司) is looked for without the index.
    """

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:  # parameters of a query
        """With one more condition, which an index of `PairsIndex` answers."""
        sql, params = super().as_sql(compiler, connection)
        text = str(self.rhs)
        pairs = {text[i : i + 2] for i in range(max(len(text) - 1, 1))}
        telling = sorted(pairs - _common(connection.alias, int(monotonic()) // SAMPLED_ANEW))
        if not telling:
            return sql, [*params]
        column, known = self.process_lhs(compiler, connection)
        return f"({sql} AND core_pairs({column}) @> %s::text[])", [*params, *known, telling]


@lru_cache(maxsize=4)
def _common(alias: str, _period: int) -> frozenset[str]:
    with connections[alias].cursor() as cursor:
        cursor.execute(COMMON)
        return frozenset(pair for (pair,) in cursor.fetchall())


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
