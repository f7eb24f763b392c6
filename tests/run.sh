#!/bin/sh
# The whole suite on SQLite, and again on PostgreSQL where one can be reached.
set -eu
marks="not nightly"
[ -n "${NIGHTLY:-}" ] && marks="nightly or not nightly"
url="${YIPANQI_TEST_POSTGRESQL:-postgresql://postgres@127.0.0.1:5432/postgres}"

echo "== SQLite"
YIPANQI_DATABASE="" "$BIN/pytest" -m "$marks" --cov --cov-report= "$@"

if "$BIN/python" -c "import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=3)" "$url" 2>/dev/null; then
  echo "== PostgreSQL: $url"
  YIPANQI_DATABASE="$url" "$BIN/pytest" -m "$marks" --create-db --cov --cov-append --cov-report= "$@"
  "$BIN/python" tests/coverage.py
else
  echo "== PostgreSQL: none reachable at $url, the suite ran on SQLite only"
  echo "   coverage is judged where both databases ran: some branches belong to one of them"
fi
