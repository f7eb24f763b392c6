#!/bin/sh
# Install or upgrade from an unpacked archive, without any network. Run as root.
#   sh install.sh            into /opt/yipanqi, with units for systemd where it runs
#   PREFIX=/tmp/try sh install.sh    into another folder, nothing outside of it is touched
set -eu
here=$(cd "$(dirname "$0")" && pwd)
prefix="${PREFIX:-/opt/yipanqi}"
python="${PYTHON:-python3}"

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  { echo "需要 Python 3.11 或更新的版本" >&2; exit 1; }
made_for=$(cat "$here/PYTHON")
[ "$("$python" -c 'import sys, platform; print(f"{sys.version_info[0]}.{sys.version_info[1]} {platform.machine()}")')" = "$made_for" ] ||
  { echo "这个包是给 Python $made_for 做的；请在同样的机器上用 make archive 另做一个" >&2; exit 1; }

(cd "$here" && sha256sum -c --quiet SHA256SUMS) || { echo "安装包缺了文件或被改过，请重新拷贝" >&2; exit 1; }

mkdir -p "$prefix"
rm -rf "$prefix/.new" && mkdir "$prefix/.new"
cp -R "$here/app/." "$prefix/.new/"
"$python" -m venv "$prefix/.venv"
"$prefix/.venv/bin/python" -m pip install --quiet --no-index --find-links "$here/wheels" \
  --require-hashes -r "$here/app/requirements.txt"
rm -rf "$prefix/app.old"; [ ! -d "$prefix/app" ] || mv "$prefix/app" "$prefix/app.old"
mv "$prefix/.new" "$prefix/app"
"$prefix/.venv/bin/python" -m pip install --quiet --no-index --find-links "$here/wheels" \
  --no-deps -e "$prefix/app"

if [ "$prefix" = /opt/yipanqi ] && command -v systemctl >/dev/null; then
  id yipanqi >/dev/null 2>&1 || useradd --system --home-dir /var/lib/yipanqi --shell /usr/sbin/nologin yipanqi
  install -d -o yipanqi -g yipanqi -m 700 /var/lib/yipanqi /var/backups/yipanqi
  install -d -m 750 -g yipanqi /etc/yipanqi
  [ -f /etc/yipanqi/yipanqi.env ] || install -m 640 -g yipanqi "$here/app/deploy/yipanqi.env" /etc/yipanqi/yipanqi.env
  install -m 644 "$here"/app/deploy/*.service "$here"/app/deploy/*.timer /etc/systemd/system/
  systemctl daemon-reload
  echo "已安装。先看 /etc/yipanqi/yipanqi.env，再运行：systemctl enable --now yipanqi.service yipanqi-nightly.timer"
else
  echo "已安装到 $prefix。启动：YIPANQI_VAR=$prefix/var $prefix/.venv/bin/yipanqi run"
fi
