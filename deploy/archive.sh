#!/bin/sh
# Make the archive from which a machine without a network installs: `make archive` calls this.
set -eu
bin="${BIN:-.venv/bin}"
version=$("$bin/python" -c 'import importlib.metadata as m; print(m.version("yipanqi"))')
made_for=$("$bin/python" -c 'import sys, platform; print(f"{sys.version_info[0]}.{sys.version_info[1]} {platform.machine()}")')
name="yipanqi-$version-py$(echo "$made_for" | tr ' ' '-')"
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
mkdir -p "$work/$name/app" "$work/$name/wheels" dist

git archive HEAD | tar -x -C "$work/$name/app"
for made in yipanqi/core/static/vendor yipanqi/core/locale; do
  mkdir -p "$work/$name/app/$made" && cp -R "$made/." "$work/$name/app/$made/"
done
"$bin/python" -m pip download --quiet --disable-pip-version-check --only-binary :all: --require-hashes \
  --dest "$work/$name/wheels" -r requirements.txt
"$bin/python" -m pip download --quiet --disable-pip-version-check --only-binary :all: \
  --dest "$work/$name/wheels" "setuptools>=80" wheel
cp deploy/install.sh "$work/$name/install.sh"
echo "$made_for" >"$work/$name/PYTHON"
(cd "$work/$name" && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs -d '\n' sha256sum >SHA256SUMS)
tar -C "$work" -czf "dist/$name.tar.gz" "$name"
(cd dist && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
echo "dist/$name.tar.gz $(du -h "dist/$name.tar.gz" | cut -f1)"
