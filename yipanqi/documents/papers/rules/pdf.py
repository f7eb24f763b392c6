"""A Word file as pages, by LibreOffice."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from django.utils.translation import gettext as _

from yipanqi.core.problems import refuse

# Which installed faces stand in for those a government machine has and a server has not.
FACES = Path(__file__).parents[1] / "fonts.conf"
PATIENCE = 120.0


def to_pdf(docx: bytes, *, patience: float = PATIENCE) -> bytes:
    """The printed pages of a Word file; refused where LibreOffice is missing or fails."""
    office = shutil.which("soffice")
    if office is None:
        raise refuse(_("服务器没有安装LibreOffice，不能生成PDF；请下载Word文件，或请管理员安装"))
    with tempfile.TemporaryDirectory(prefix="yipanqi-pdf-") as folder:
        source, target = Path(folder, "paper.docx"), Path(folder, "paper.pdf")
        source.write_bytes(docx)
        _convert(office, source, patience)
        if not target.exists():
            raise refuse(_("LibreOffice未能把这份文件转成PDF；请下载Word文件"))
        return target.read_bytes()


def _convert(office: str, source: Path, patience: float) -> None:
    """With a profile of its own, so that conversions do not wait for each other."""
    folder = source.parent
    command = [
        office,
        f"-env:UserInstallation={folder.as_uri()}/profile",
        "--headless",
        "--norestore",
        "--nolockcheck",
    ]
    command += ["--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), str(source)]
    environment = {
        **os.environ,
        "HOME": str(folder),
        "FONTCONFIG_FILE": str(FACES),
        "LC_ALL": "C.UTF-8",
    }
    quiet = subprocess.DEVNULL
    # The command is ours from end to end; the user's file is only named as its input.
    process = subprocess.Popen(  # noqa: S603
        command, env=environment, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired as expired:
        raise refuse(
            _("转换PDF超过%(patience)s秒，已停止；请下载Word文件")
            % {"patience": format(patience, "g")}
        ) from expired
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """The program starts others; all of its group end with it."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()
