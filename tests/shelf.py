"""The methods that we ship, as `methods/index.yaml` lists them."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

METHODS = Path(__file__).resolve().parents[1] / "methods"
RESULTS = {
    "digits": "公布的结果",
    "hand-worked": "手算",
    "wrong-in-source": "公布的结果，有误处已指出",
}
KEYS = {"scheme", "folder", "place", "level", "year", "result", "settings"}


@dataclass(frozen=True)
class Cell:
    """A printed value of a result: as the source has it, as it is worked out, or both."""

    holder: str
    column: str
    stated: str
    worked: str

    @property
    def right(self) -> str:
        """What must be printed; where the source erred, the right value stands beside it."""
        return self.worked or self.stated


def entries() -> list[dict[str, Any]]:
    """Every line of the index."""
    return list(yaml.safe_load((METHODS / "index.yaml").read_text(encoding="utf-8"))["methods"])


FOLDERS = tuple(str(entry["folder"]) for entry in entries())


def cells(folder: str) -> list[Cell]:
    """The results that a folder states, one cell after another."""
    with (METHODS / folder / "published.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    ours = next(each for each in entries() if each["folder"] == folder)["result"] == "hand-worked"
    return [cell for row in rows for cell in _cells(row, hand_worked=ours)]


def _cells(row: Mapping[str, str], *, hand_worked: bool) -> Iterator[Cell]:
    if "项目" in row:
        yield Cell(row["单位"], row["项目"], row["公布"], row["重算"])
        return
    for column, value in row.items():
        if value and column != "单位":
            stated = "" if hand_worked else value
            yield Cell(row["单位"], column, stated, value if hand_worked else "")


def problems(folder: str) -> list[str]:
    """What the sheet must point out, a line each; most methods have nothing to point out."""
    path = METHODS / folder / "problems.txt"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
