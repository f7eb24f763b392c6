"""Scores, methods and the figures that are told, for programs."""

from ninja import Router

from yipanqi.assessment.api import preview, rounds, scores, told

routers: tuple[Router, ...] = (scores.router, told.router, preview.router, rounds.router)
