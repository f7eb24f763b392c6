#!/bin/sh
# 离线归档：源码、各依赖的 wheel、前端文件和安装脚本，一个文件。在联网的同类机器上运行。
set -eu
python=${BIN:-.venv/bin}/python
name=yipanqi-$("$python" -c 'import tomllib; print(tomllib.load(open("pyproject.toml", "rb"))["project"]["version"])')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
into=$work/$name
mkdir -p "$into/source" "$into/wheels" dist
git archive HEAD | tar -x -C "$into/source"
mkdir -p "$into/source/yipanqi/core/static"
cp -R yipanqi/core/static/. "$into/source/yipanqi/core/static/"
"$python" -m pip download --quiet --disable-pip-version-check --only-binary :all: \
  --require-hashes -r requirements.txt -d "$into/wheels"
"$python" -m pip download --quiet --disable-pip-version-check --only-binary :all: 'setuptools>=80' -d "$into/wheels"
cp deploy/install.sh "$into/install.sh"
(cd "$into" && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs -d '\n' sha256sum > SHA256SUMS)
tar -czf "dist/$name-offline.tar.gz" -C "$work" "$name"
echo "dist/$name-offline.tar.gz"
