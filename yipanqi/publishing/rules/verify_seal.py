"""Check a sealed result away from where it was sealed: standard library only, no network.

    python3 verify_seal.py PACKAGE.zip | RECEIPT.json [--digest DIGEST]

Says what is wrong, line by line; 0 where nothing is.
"""

import argparse
import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

MANIFEST, INPUTS, OUTPUT = "manifest.json", "inputs.json", "output.json"


def digest_of(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(value: Any) -> str:  # whatever JSON can hold
    """The one way in which frozen data are written: sorted keys, no blanks."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def leaf_of(block: str) -> str:
    """The digest of a holder's block."""
    return hashlib.sha256(b"\x00" + block.encode()).hexdigest()


def joined(left: str, right: str) -> str:
    """The digest over two neighbours."""
    return hashlib.sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def root_of(leaves: list[str]) -> str:
    """The digest at the root of the tree over all blocks."""
    if len(leaves) == 1:
        return leaves[0]
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    return joined(root_of(leaves[:middle]), root_of(leaves[middle:]))


def root_from(leaf: str, path: list[str]) -> str:
    """The root to which a leaf leads by its neighbours, left:… or right:…"""
    for side, _, digest in (step.partition(":") for step in path):
        leaf = joined(digest, leaf) if side == "left" else joined(leaf, digest)
    return leaf


def block_of(inputs: Any, output: Any, unit: int) -> str:
    """All that a sealed result says of one holder."""
    figures = [one for one in inputs["figures"] if unit in (one["unit"], one["into"])]
    rows = [
        {"group": group["group"], **row}
        for group in output["groups"]
        for row in group["rows"]
        if row["unit"] == unit
    ]
    boards = [
        {"board": board["board"], "group": board["group"], **row}
        for board in output["boards"]
        for row in board["rows"]
        if row["unit"] == unit
    ]
    lists = [
        {
            **{name: one[name] for name in ("list", "group", "outcome")},
            "rewards": [reward for reward in one["rewards"] if reward["unit"] == unit],
        }
        for one in output["lists"]
        if unit in {holder["unit"] for holder in one["holders"]}
    ]
    return canonical({"figures": figures, "rows": rows, "boards": boards, "lists": lists})


def package_problems(texts: dict[str, str], wanted: str) -> Iterator[str]:
    """What is wrong with a package."""
    manifest, inputs, output = (json.loads(texts[n]) for n in (MANIFEST, INPUTS, OUTPUT))
    if wanted and digest_of(texts[MANIFEST]) != wanted:
        yield f"清单的摘要是 {digest_of(texts[MANIFEST])}，不是 {wanted}"
    for name, text in (
        ("method_digest", inputs["method"]),
        ("inputs_digest", texts[INPUTS]),
        ("output_digest", texts[OUTPUT]),
    ):
        if manifest[name] != digest_of(text):
            yield f"{name} 与内容不符"
    asked = [one for one in inputs["figures"] if one["into"] is None]
    holders = [one["unit"] for one in asked if one["unit"] is not None]
    leaves = [leaf_of(block_of(inputs, output, unit)) for unit in holders]
    if manifest["holders"] != len(leaves) or manifest["root"] != root_of(leaves):
        yield "各单位回执的摘要合不成清单上的根"
    yield from sheet_problems(output)


def sheet_problems(output: Any) -> Iterator[str]:
    """Totals that are not the sum of their lines, places that do not follow from the totals."""
    for group in output["groups"]:
        for row in group["rows"]:
            yield from total_problems(row)
        yield from place_problems(group["rows"], "total", output["ties"], group["group"])
    for board in output["boards"]:
        where = f"{board['group']}·{board['board']}"
        yield from place_problems(
            board["rows"], "value", output["ties"], where, high_first=board["high_first"]
        )


def total_problems(row: Any) -> Iterator[str]:
    """Whether a total is the sum of its lines; where one cannot be said there is none."""
    points = [line["points"] for line in row["lines"]]
    if row["total"] is None:
        if None not in points and not row["vetoed"]:
            yield f"{row['holder']}：每一项都有得分，却没有总分"
        return
    known = sum((Fraction(one) for one in points if one is not None), Fraction(0))
    if known != Fraction(row["total"]):
        yield f"{row['holder']}：各项合计 {known}，总分写的是 {row['total']}"


def place_problems(
    rows: Any, name: str, ties: str, where: str, *, high_first: bool = True
) -> Iterator[str]:
    """Whether places follow from the values by the stated way of placing equals."""
    ranks = ranks_of(rows, name, high_first=high_first)
    known = sorted(set(ranks.values()))
    for number, row in enumerate(rows):
        place = None
        if number in ranks:
            place = (known.index(ranks[number]) if ties == "dense" else ranks[number]) + 1
        if row["place"] != place:
            yield f"{where} {row['holder']}：名次应是 {place}，写的是 {row['place']}"


def ranks_of(rows: Any, name: str, *, high_first: bool) -> dict[int, int]:
    """How many stand before each row: by its value, then by what parts it from its equals."""
    values = {n: Fraction(row[name]) for n, row in enumerate(rows) if row[name] is not None}
    ranks = {
        n: sum(other > mine if high_first else other < mine for other in values.values())
        for n, mine in values.items()
    }
    stuck: set[int] = set()
    for level in range(max((len(row.get("parted", ())) for row in rows), default=0)):
        for rank in set(ranks.values()):
            tied = [n for n, one in ranks.items() if one == rank and n not in stuck]
            shown = {n: rows[n]["parted"][level] for n in tied}
            if len(tied) > 1 and None in shown.values():
                stuck.update(tied)
            elif len(tied) > 1:
                found = {n: Fraction(text) for n, text in shown.items()}
                for n, mine in found.items():
                    ranks[n] += sum(other > mine for other in found.values())
    return ranks


def receipt_problems(receipt: Any, wanted: str) -> Iterator[str]:
    """What is wrong with one holder's receipt."""
    manifest = json.loads(receipt["manifest"])
    if digest_of(receipt["manifest"]) != receipt["digest"]:
        yield "清单与摘要不符"
    if wanted and receipt["digest"] != wanted:
        yield f"回执的摘要是 {receipt['digest']}，不是 {wanted}"
    if leaf_of(receipt["block"]) != receipt["leaf"]:
        yield "本单位的内容与回执上的摘要不符"
    if root_from(receipt["leaf"], receipt["path"]) != manifest["root"]:
        yield "本单位的摘要到不了清单上的根"
    for row in json.loads(receipt["block"])["rows"]:
        yield from total_problems(row)


def problems_of(path: Path, wanted: str) -> list[str]:
    """What is wrong with a package or a receipt."""
    if not zipfile.is_zipfile(path):
        return list(receipt_problems(json.loads(path.read_text(encoding="utf-8")), wanted))
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        texts = {name: package.read(name).decode() for name in names if name.endswith(".json")}
    found = list(package_problems(texts, wanted))
    digest = digest_of(texts[MANIFEST])
    for name in sorted(name for name in texts if name.startswith("receipts/")):
        found += [f"{name}：{text}" for text in receipt_problems(json.loads(texts[name]), digest)]
    return found


def main(arguments: list[str]) -> int:
    """Check a file and say what is wrong."""
    parser = argparse.ArgumentParser(description="校验封账包或回执")
    parser.add_argument("file", type=Path, help="封账包（zip）或回执（json）")
    parser.add_argument("--digest", default="", help="公布时的摘要，用来核对")
    typed = parser.parse_args(arguments)
    try:
        found = problems_of(typed.file, typed.digest)
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        found = [f"读不懂这个文件：{error}"]
    lines = [*found, f"发现 {len(found)} 处不符" if found else "校验无误"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
