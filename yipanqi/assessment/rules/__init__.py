"""Methods, formulas and score sheets: values in, values out; knows no database, no clock, no page."""

from yipanqi.assessment.rules.evaluating import Group, evaluate
from yipanqi.assessment.rules.explaining import Piece, Pieces, explain, said
from yipanqi.assessment.rules.figures import Figures, Row, read_figures_table
from yipanqi.assessment.rules.methods import (
    Board,
    Check,
    Clause,
    Figure,
    Item,
    ItemKind,
    Listing,
    Method,
    MethodGroup,
    Rounding,
    Ties,
    Veto,
)
from yipanqi.assessment.rules.parsing import parse
from yipanqi.assessment.rules.reading import read_method
from yipanqi.assessment.rules.scoring import score
from yipanqi.assessment.rules.sheets import (
    BoardRow,
    Line,
    Listed,
    ScoredBoard,
    ScoredGroup,
    ScoredRow,
    Sheet,
    as_json,
)
from yipanqi.assessment.rules.spreadsheet import to_excel
from yipanqi.assessment.rules.tables import read_table
from yipanqi.assessment.rules.telling import as_text
from yipanqi.assessment.rules.workbook import to_workbook

__all__ = [
    "Board",
    "BoardRow",
    "Check",
    "Clause",
    "Figure",
    "Figures",
    "Group",
    "Item",
    "ItemKind",
    "Line",
    "Listed",
    "Listing",
    "Method",
    "MethodGroup",
    "Piece",
    "Pieces",
    "Rounding",
    "Row",
    "ScoredBoard",
    "ScoredGroup",
    "ScoredRow",
    "Sheet",
    "Ties",
    "Veto",
    "as_json",
    "as_text",
    "evaluate",
    "explain",
    "parse",
    "read_figures_table",
    "read_method",
    "read_table",
    "said",
    "score",
    "to_excel",
    "to_workbook",
]
