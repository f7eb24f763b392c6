"""`yipanqi score`: a method and figures in, points with their reasons out."""

import argparse
import json
import sys
from pathlib import Path
from zipfile import BadZipFile

from yipanqi.assessment.rules.figures import read_figures_table
from yipanqi.assessment.rules.reading import read_method
from yipanqi.assessment.rules.scoring import score
from yipanqi.assessment.rules.sheets import Sheet, as_json
from yipanqi.assessment.rules.tables import read_table
from yipanqi.assessment.rules.telling import as_text
from yipanqi.assessment.rules.workbook import to_workbook
from yipanqi.core.problems import Problem, Refused
from yipanqi.publishing.rules.frozen import sheet_of
from yipanqi.publishing.rules.package import opened
from yipanqi.publishing.rules.proving import unlike_itself

REFUSED = 1


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of `yipanqi score`."""
    parser = subparsers.add_parser(
        "score",
        help="按考核办法给指标计分",
        description="按考核办法（YAML）给指标表（csv 或 Excel）计分，给出得分、名次、名单和每一分的由来。",
    )
    parser.add_argument("method", type=Path, nargs="?", metavar="METHOD.yaml", help="考核办法")
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument(
        "--figures",
        type=Path,
        metavar="FIGURES.csv|xlsx",
        help="指标表，每行一个单位",
    )
    given.add_argument(
        "--package",
        type=Path,
        metavar="PACKAGE.zip",
        help="封账包：用其中的办法和指标数重算，与封账的成绩表逐字节比较",
    )
    out = parser.add_mutually_exclusive_group()
    out.add_argument("--json", action="store_true", help="输出 JSON")
    out.add_argument("--xlsx", type=Path, metavar="FILE", help="写成公式可重算的 Excel 文件")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print or write the sheet; a refusal is printed as sentences and gives a non-zero code."""
    try:
        sheet = _sealed(args.package) if args.package else _scored(args.method, args.figures)
        _tell(sheet, args)
    except Refused as refused:
        for problem in refused.problems:
            print(problem, file=sys.stderr)
        return REFUSED
    return 0


def _sealed(package_file: Path) -> Sheet:
    """The sheet of a sealed result scored again; refused where it is not what was sealed."""
    try:
        frozen = opened(_content(package_file))
        where = str(package_file)
        found = list(unlike_itself(frozen, frozen.digest, where))
        sheet = sheet_of(frozen.went_in)
    except (BadZipFile, ValueError, KeyError, TypeError):
        raise _refuse(package_file, "不是封账包，或已损坏。请重新下载。") from None
    if found:
        raise Refused(Problem(where=one.where, text=one.text) for one in found)
    print(f"{package_file} 重算与封账逐字节相同，摘要 {frozen.digest}", file=sys.stderr)
    return sheet


def _scored(method_file: Path | None, figures_file: Path) -> Sheet:
    if method_file is None:
        raise Refused([Problem(where="METHOD.yaml", text="请写上考核办法的文件名。")])
    try:
        text = _content(method_file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refuse(method_file, "不是 UTF-8 文本。请另存为 UTF-8。") from None
    method = read_method(text)
    table = read_table(_content(figures_file), name=figures_file.name)
    return score(method, read_figures_table(table, method))


def _tell(sheet: Sheet, args: argparse.Namespace) -> None:
    if args.json:
        print(json.dumps(as_json(sheet), ensure_ascii=False, indent=2))
    elif args.xlsx:
        try:
            args.xlsx.write_bytes(to_workbook(sheet))
        except OSError as error:
            raise _refuse(args.xlsx, f"写不进去（{error.strerror}）。请换个位置。") from None
        print(f"已写入 {args.xlsx}")
    else:
        print(as_text(sheet))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _refuse(path, f"打不开（{error.strerror}）。请核对文件名和位置。") from None


def _refuse(path: Path, text: str) -> Refused:
    return Refused([Problem(where=str(path), text=text)])
