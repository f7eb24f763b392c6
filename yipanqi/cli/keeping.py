"""What a backup holds and how it is laid out: the database, the evidence, a manifest with digests."""

import hashlib
import json
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from yipanqi.core.problems import refuse

MANIFEST = "manifest.json"
DATABASE, EVIDENCE = "database", "evidence"
PIECE = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """What was kept: of which moment, by which database, and the digest of every file."""

    made: str
    vendor: str
    checkpoint: str
    files: Mapping[str, str] = field(default_factory=dict)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, a piece at a time."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
    return found.hexdigest()


def pack(
    into: Path, *, dump: Path, evidence: Path, made: str, vendor: str, checkpoint: str
) -> Manifest:
    """Write one archive; it has its name only once it is whole."""
    kept = {DATABASE: dump} | {
        f"{EVIDENCE}/{path.relative_to(evidence).as_posix()}": path
        for path in sorted(evidence.rglob("*"))
        if path.is_file()
    }
    digests = {name: digest_of(path) for name, path in kept.items()}
    manifest = Manifest(made, vendor, checkpoint, digests)
    partial, told = into.with_name(f"{into.name}.part"), dump.with_name(MANIFEST)
    told.write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    with tarfile.open(partial, "w:gz", compresslevel=6) as archive:
        for name, path in ({MANIFEST: told} | kept).items():
            archive.add(path, arcname=name)
    partial.chmod(0o600)
    partial.replace(into)
    return manifest


def unpack(archive: Path, into: Path) -> Manifest:
    """Lay an archive out in an empty folder; refuses one that is not whole or was altered."""
    if not archive.is_file():
        raise refuse("没有这个备份文件，请核对路径", where=str(archive))
    try:
        with tarfile.open(archive) as tar:
            tar.extractall(into, filter="data")
        told = json.loads((into / MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**told)
    except (tarfile.TarError, EOFError, OSError, ValueError, TypeError) as error:
        raise refuse("不是完整的备份，请换一份", where=str(archive)) from error
    for name, digest in manifest.files.items():
        if not (into / name).is_file() or digest_of(into / name) != digest:
            raise refuse("与清单里的摘要不符，备份损坏或被改过", where=name)
    return manifest
