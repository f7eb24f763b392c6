"""What can happen to a result: drawn up, put up for objection, objected to, sealed, published."""

from yipanqi.publishing.actions.drawing import draw_up, open_notice
from yipanqi.publishing.actions.objecting import answer_objection, object_to
from yipanqi.publishing.actions.reopening import ask_reopening, decide_reopening
from yipanqi.publishing.actions.sealing import publish_result, seal_result, sign_for_result

__all__ = [
    "answer_objection",
    "ask_reopening",
    "decide_reopening",
    "draw_up",
    "object_to",
    "open_notice",
    "publish_result",
    "seal_result",
    "sign_for_result",
]
