#!/bin/sh
# Two roles and a database: the owner makes tables, the application may not take their guards away.
# Run as the database's administrator; may be run again. Passwords are asked for, or read from the environment.
#   OWNER_PASSWORD=… APP_PASSWORD=… sh deploy/postgresql.sh [database]
set -eu
database="${1:-yipanqi}"
owner="${database}_owner" app="${database}_app"
: "${PSQL:=psql --no-psqlrc --quiet --set ON_ERROR_STOP=1}"

secret() {
  [ -t 0 ] || { echo "请在环境变量 $2 里给出$1的口令" >&2; exit 1; }
  printf '%s的口令：' "$1" >&2; stty -echo; read -r word; stty echo; echo >&2; printf %s "$word"
}
[ -n "${OWNER_PASSWORD:-}" ] || OWNER_PASSWORD=$(secret 属主 OWNER_PASSWORD)
[ -n "${APP_PASSWORD:-}" ] || APP_PASSWORD=$(secret 应用 APP_PASSWORD)
export OWNER_PASSWORD APP_PASSWORD

$PSQL --dbname postgres --set owner="$owner" --set app="$app" <<'SQL'
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
SELECT format('CREATE ROLE %I LOGIN', name) FROM unnest(ARRAY[:'owner', :'app']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE :"owner" PASSWORD :'owner_password';
ALTER ROLE :"app" PASSWORD :'app_password';
SQL
[ "$($PSQL --dbname postgres --tuples-only --no-align --command "SELECT count(*) FROM pg_database WHERE datname = '$database'")" = 1 ] ||
  $PSQL --dbname postgres --command "CREATE DATABASE \"$database\" OWNER \"$owner\" ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8' TEMPLATE template0"
$PSQL --dbname "$database" --set owner="$owner" --set app="$app" <<'SQL'
ALTER SCHEMA public OWNER TO :"owner";
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO :"app";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"app";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO :"app";
SQL
echo "数据库 $database 已备好：属主 $owner 建表升级，应用 $app 提供网页"
