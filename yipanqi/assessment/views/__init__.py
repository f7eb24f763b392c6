"""Scores and methods in the browser."""

from yipanqi.assessment.views.methods import method, method_new
from yipanqi.assessment.views.scores import figure, score, score_sheet, scores
from yipanqi.assessment.views.told import told, told_gone, told_new

__all__ = [
    "figure",
    "method",
    "method_new",
    "score",
    "score_sheet",
    "scores",
    "told",
    "told_gone",
    "told_new",
]
