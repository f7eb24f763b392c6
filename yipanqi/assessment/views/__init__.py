"""Scores and methods in the browser."""

from yipanqi.assessment.views.methods import method, method_compare
from yipanqi.assessment.views.rounds import round_new
from yipanqi.assessment.views.scores import figure, score, score_sheet, scores
from yipanqi.assessment.views.told import told, told_gone, told_new
from yipanqi.assessment.views.what_if import what_if
from yipanqi.assessment.views.workbench import method_draft, method_edit

__all__ = [
    "figure",
    "method",
    "method_compare",
    "method_draft",
    "method_edit",
    "round_new",
    "score",
    "score_sheet",
    "scores",
    "told",
    "told_gone",
    "told_new",
    "what_if",
]
