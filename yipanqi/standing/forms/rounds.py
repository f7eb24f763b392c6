"""What raters fill in: points with their reasons, or the places of a ballot."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yipanqi.facts.judging.models import Round
from yipanqi.facts.judging.rules import PARTS, Block, Way, Word, told
from yipanqi.standing.forms.claims import OnceForm

POINTS = re.compile(r"[+-]?\d{1,6}(\.\d{1,2})?")
Before = Mapping[tuple[int, str], Word]
"""What stands already, by holder and item."""


class PointsField(forms.CharField):
    """Points as people write them, 4.5 or -20, kept in whole hundredths."""

    def __init__(self, **kwargs: Any) -> None:  # what a field takes
        kwargs.setdefault("widget", forms.TextInput(attrs={"size": 6, "maxlength": 12}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:  # the base class types it so
        """Hundredths of a point, or nothing."""
        text = re.sub(r"\s", "", unicodedata.normalize("NFKC", super().to_python(value) or ""))
        text = text.replace("−", "-")
        if not text:
            return None
        if not POINTS.fullmatch(text):
            problem = _("“%(text)s”不是分数，请写数，最多两位小数")
            raise ValidationError(problem, params={"text": text[:20]})
        return int(Fraction(text) * PARTS)

    def prepare_value(self, value: Any) -> Any:  # the base class types it so
        """Hundredths in words; what was typed stays as typed."""
        return told(value).replace(",", "") if isinstance(value, int) else value


class SheetForm(OnceForm):
    """A rater's sheet: for every holder its items, or its place; filled with what stands already."""

    def __init__(
        self,
        *args: Any,
        judging: Round,
        rater: int,
        names: Mapping[int, str],
        before: Before,
        **kwargs: Any,  # what a form takes
    ) -> None:
        super().__init__(*args, **kwargs)
        self.judging, self.names, self.before = judging, names, before
        self.blocks: Sequence[Block] = judging.asks(rater)
        self.is_ballot = judging.way == Way.BALLOT
        self.reasons = judging.way in {Way.JUDGED, Way.SELF}
        for holder in judging.holders if self.is_ballot else ():
            self._place(holder, len(judging.holders))
        for name, holder, item, bounds in self._asked():
            self._points(name, holder, item, bounds)

    def _asked(self) -> Iterator[tuple[str, int, str, str]]:
        """The name of each field, its holder, its item, its bounds."""
        for block in self.blocks:
            for holder in block.holders:
                for number, asked in enumerate(block.items):
                    yield f"{holder}_{number}", holder, asked.item, asked.bounds

    def _place(self, holder: int, last: int) -> None:
        standing = self.before.get((holder, ""))
        self.fields[f"place_{holder}"] = forms.IntegerField(
            label=self.names[holder],
            required=False,
            min_value=1,
            max_value=last,
            initial=standing.points if standing else None,
        )

    def _points(self, name: str, holder: int, item: str, bounds: str) -> None:
        standing = self.before.get((holder, item))
        label = item if self.judging.way == Way.SELF else f"{item}（{bounds}）"
        self.fields[f"points_{name}"] = PointsField(
            label=label, required=False, initial=standing.points if standing else None
        )
        if self.reasons:
            self.fields[f"reason_{name}"] = forms.CharField(
                label=_("理由") if self.judging.way == Way.JUDGED else _("说明"),
                required=False,
                max_length=200,
                initial=standing.reason if standing else "",
            )

    def names_of_fields(self) -> dict[tuple[int, str], str]:
        """What the fields about a holder and an item are called, without their kind."""
        if self.is_ballot:
            return {(holder, ""): str(holder) for holder in self.judging.holders}
        return {(holder, item): name for name, holder, item, _bounds in self._asked()}

    def tables(self) -> list[tuple[str, list[tuple[str, list[list[forms.BoundField]]]]]]:
        """For the page: each group, in it each holder, of it each item's fields."""
        kinds = ("points", "reason") if self.reasons else ("points",)
        return [
            (
                block.group,
                [
                    (
                        self.names[holder],
                        [
                            [self[f"{k}_{holder}_{n}"] for k in kinds]
                            for n in range(len(block.items))
                        ],
                    )
                    for holder in block.holders
                ],
            )
            for block in self.blocks
        ]

    def places(self) -> list[forms.BoundField]:
        """For the page: the fields of a ballot."""
        return [self[f"place_{holder}"] for holder in self.judging.holders]

    def words(self) -> list[Word]:
        """What is said; of a judged round only what is new or other than it stands."""
        typed = self.cleaned_data
        if self.is_ballot:
            holders = self.judging.holders
            places = [(h, typed[f"place_{h}"]) for h in holders]
            return [Word(holder, "", place) for holder, place in places if place]
        said = [
            Word(holder, item, typed[f"points_{name}"], typed.get(f"reason_{name}", "").strip())
            for name, holder, item, _bounds in self._asked()
            if typed[f"points_{name}"] is not None
        ]
        if self.judging.way != Way.JUDGED:
            return said
        return [word for word in said if self.before.get((word.holder, word.item)) != word]


class CancelForm(forms.Form):
    """Why a round is given up."""

    reason = forms.CharField(label=gettext_lazy("原因"), required=False, max_length=200)
