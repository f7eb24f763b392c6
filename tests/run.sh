#!/bin/sh
# The suite on SQLite and, at the same time, on PostgreSQL where one can be reached.
# By day what knows no database, and each walk over all pages, is done on one of them; NIGHTLY does everything
# on both and judges coverage, which takes twice as long.
set -eu
marks="not nightly" cov=""
[ -n "${NIGHTLY:-}" ] && marks="nightly or not nightly" cov="--cov --cov-report="
url="${YIPANQI_TEST_POSTGRESQL:-postgresql://postgres@127.0.0.1:5432/postgres}"
told=$(mktemp -d) && trap 'rm -rf "$told"' EXIT

suite() { # name, address of the database, what else pytest is told
  name="$1" address="$2" && shift 2
  # shellcheck disable=SC2086 - none or several words
  YIPANQI_DATABASE="$address" YIPANQI_VAR="$PWD/var/tests-$name" COVERAGE_FILE=".coverage.$name" \
    "$BIN/pytest" -m "$marks" --create-db $cov -o "cache_dir=.pytest_cache/$name" "$@"
}

if ! "$BIN/python" -c "import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=3)" "$url" 2>/dev/null; then
  echo "== SQLite"
  suite sqlite "" "$@"
  echo "== PostgreSQL: none reachable at $url, the suite ran on SQLite only"
  exit
fi

here="" there="--ignore-glob=*/test_rules*.py"
for walk in matrix two_worlds figures guide; do here="$here --ignore=tests/test_$walk.py"; done
for walk in every_page browser workbench docs language manual_runs; do
  there="$there --ignore=tests/test_$walk.py"
done
[ -n "${NIGHTLY:-}" ] && here="" there=""
failed=0
# shellcheck disable=SC2086 - each word is an option
suite postgresql "$url" $there "$@" >"$told/postgresql" 2>&1 &
echo "== SQLite"
# shellcheck disable=SC2086
suite sqlite "" $here "$@" || failed=1
echo "== PostgreSQL: $url"
wait $! || failed=1
cat "$told/postgresql"
if [ -n "${NIGHTLY:-}" ] && [ $failed = 0 ]; then
  "$BIN/coverage" combine --quiet .coverage.sqlite .coverage.postgresql
  "$BIN/python" tests/coverage.py
fi
exit $failed
