"""What stands at hand while a method is written: beginnings, figures, recipes, functions, words."""

import json

from yipanqi.assessment.models import MethodDraft, MethodVersion
from yipanqi.assessment.reads.presets import presets
from yipanqi.assessment.rules.functions import FUNCTIONS
from yipanqi.assessment.rules.offers import offers
from yipanqi.assessment.rules.recipes import recipes
from yipanqi.assessment.rules.words import KEYS
from yipanqi.core.clock import today
from yipanqi.core.problems import Refused
from yipanqi.org.models import Person
from yipanqi.org.rules import Kind
from yipanqi.place.reads import settings_on
from yipanqi.place.rules import Settings
from yipanqi.standing.measures.words import MAY, WANTS


def at_hand(person: Person) -> dict[str, object]:
    """All that can be begun with or put in, for somebody of a place."""
    settings = _settings(person.place_id)
    versions = MethodVersion.objects.visible_to(person).filter(place=person.place_id)
    return {
        "drafts": MethodDraft.objects.visible_to(person).order_by("-kept_at"),
        "versions": versions.order_by("-seq"),
        "presets": presets(),
        "offers": offers(settings) if settings else (),
        "recipes": list(recipes()),
        "functions": list(FUNCTIONS.values()),
        "words": json.dumps(_words(settings), ensure_ascii=False),
    }


def _words(settings: Settings | None) -> list[tuple[str, str, str]]:
    """What can be completed: the word, what it says, and what kind of word it is."""
    measured = {word for words in (*WANTS.values(), *MAY.values()) for word in words}
    codes = (
        [(node.code, node.name) for node in (*settings.nodes, settings.funds)] if settings else []
    )
    late = [(one.code, one.name) for one in settings.not_yets] if settings else []
    tasks = [(one.code, one.name) for one in settings.indicators] if settings else []
    return [
        *((name, says, "key") for name, says in KEYS.items()),
        *((name, "", "key") for name in sorted(measured - KEYS.keys())),
        *((each.name, each.says, "function") for each in FUNCTIONS.values()),
        *((name, "", "measure") for name in WANTS),
        *((code, name, "code") for code, name in (*codes, *late, *tasks)),
        *((value, str(label), "kind") for value, label in Kind.choices),
    ]


def _settings(place_id: int) -> Settings | None:
    try:
        return settings_on(place_id, today())
    except Refused:
        return None
