#!/bin/sh
# 离线安装：在解开的归档里运行，不访问网络。用法：sh install.sh /opt/yipanqi
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
into=${1:-/opt/yipanqi}
python=${PYTHON:-python3}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "要 Python 3.11 或更新"; exit 1; }
test ! -e "$into/.venv" || { echo "$into 已经装过；升级请先停服务、备份，再移走 $into"; exit 1; }
(cd "$here" && sha256sum -c --quiet SHA256SUMS)
mkdir -p "$into"
cp -R "$here/source/." "$into/"
"$python" -m venv "$into/.venv"
"$into/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-index \
  --find-links "$here/wheels" --require-hashes -r "$into/requirements.txt"
"$into/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-index \
  --find-links "$here/wheels" --upgrade 'setuptools>=80'
"$into/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-index \
  --no-deps --no-build-isolation -e "$into"
echo "装好了：$into/.venv/bin/yipanqi run"
