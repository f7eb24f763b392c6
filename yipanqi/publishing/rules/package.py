"""A sealed result to take away: all its texts in one ZIP file, the same bytes each time."""

import io
import zipfile
from pathlib import Path

from yipanqi.ledger.rules import canonical
from yipanqi.publishing.rules.digests import leaf_of
from yipanqi.publishing.rules.frozen import Frozen

VERIFIER = Path(__file__).with_name("verify_seal.py")
MANIFEST, INPUTS, OUTPUT = "manifest.json", "inputs.json", "output.json"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""What every file in the package says of its time, so that the package depends on nothing but the seal."""

README = """封账包

manifest.json   清单：哪个地方、哪个办法、哪一期，账本截止到第几条，各文件的摘要
inputs.json     封账时的考核办法、单位和指标数
output.json     成绩表
method.yaml     考核办法
receipts/       各单位的回执：本单位的指标数、得分，和通向清单的摘要路径
verify_seal.py  校验程序，只用 Python 3.11 自带的库，不联网：

    python3 verify_seal.py 封账包.zip
    python3 verify_seal.py receipts/12.json
"""


def package_of(frozen: Frozen) -> bytes:
    """The package of a sealed result, with a receipt for each holder and what checks them."""
    files = {
        "README.txt": README,
        MANIFEST: frozen.manifest,
        INPUTS: frozen.inputs,
        OUTPUT: frozen.output,
        "method.yaml": frozen.went_in["method"],
        "verify_seal.py": VERIFIER.read_text(encoding="utf-8"),
    }
    for unit in frozen.holders:
        files[f"receipts/{unit}.json"] = receipt_of(frozen, unit)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(zipfile.ZipInfo(name, LONG_AGO), text.encode())
    return made.getvalue()


def receipt_of(frozen: Frozen, unit: int) -> str:
    """What one holder takes away: its own block, and how that leads to the seal."""
    block = frozen.block(unit)
    return canonical(
        {
            "manifest": frozen.manifest,
            "digest": frozen.digest,
            "block": block,
            "leaf": leaf_of(block),
            "path": [f"{step.side}:{step.digest}" for step in frozen.path(unit)],
        }
    )


def opened(content: bytes) -> Frozen:
    """The frozen result in a package; ValueError or KeyError where it is none."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        texts = {name: package.read(name).decode() for name in (MANIFEST, INPUTS, OUTPUT)}
    return Frozen(texts[INPUTS], texts[OUTPUT], texts[MANIFEST])
