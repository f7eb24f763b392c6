"""Which lines of a ledger look like projects that are there already, for thousands of lines at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yipanqi.documents.imports.rules.plans import Planned
from yipanqi.facts.projects.models import Project
from yipanqi.org.models import Unit
from yipanqi.standing.reads.doubles import key_of, likeness

RAREST = 3
MOST_CANDIDATES = 60


@dataclass(frozen=True)
class Known:
    """A project as doubles are looked for: by the keys of its name and investor."""

    pk: int
    name: str
    investor: str
    credit_code: str


@dataclass(frozen=True)
class Index:
    """The projects of a place by the pairs of characters in their names, and by their codes."""

    known: Sequence[Known]
    pairs: dict[str, list[int]]
    by_name: dict[str, list[int]]
    by_code: dict[str, list[int]]

    @classmethod
    def of(cls, place_id: int) -> "Index":
        """Every project of a place that is in the register; a second for a hundred thousand."""
        rows = Project.objects.filter(place_id=place_id, taken_back=False).order_by("pk")
        columns = rows.values_list("pk", "name", "investor", "credit_code", "code")
        known: list[Known] = []
        pairs: dict[str, list[int]] = defaultdict(list)
        by_name: dict[str, list[int]] = defaultdict(list)
        by_code: dict[str, list[int]] = defaultdict(list)
        for at, (pk, name, investor, credit_code, code) in enumerate(columns.iterator(5_000)):
            key = key_of(name)
            known.append(Known(pk, key, key_of(investor), credit_code))
            by_name[key].append(at)
            by_code[code].append(at)
            if credit_code:
                by_code[credit_code].append(at)
            for pair in pairs_of(key):
                pairs[pair].append(at)
        return cls(known, pairs, by_name, by_code)

    def like(self, plan: Planned) -> list[int]:
        """The projects that a line may be, the likeliest first: by code, by name, by likeness."""
        codes = [str(plan.fields.get(name, "")) for name in ("code", "credit_code")]
        sure = [at for code in codes if code for at in self.by_code.get(code, ())]
        name, investor = (key_of(text) for text in plan.identity)
        sure += self.by_name.get(name, [])
        if sure:
            return [self.known[at].pk for at in dict.fromkeys(sure)][:5]
        scored = [
            (likeness(name, investor, self.known[at].name, self.known[at].investor), at)
            for at in self._candidates(name)
        ]
        likely = sorted(((score, -at) for score, at in scored if score), reverse=True)
        return [self.known[-at].pk for _, at in likely[:5]]

    def _candidates(self, name: str) -> list[int]:
        """Projects that share one of the rarest pairs of characters; the rest cannot be alike."""
        met = [self.pairs[pair] for pair in set(pairs_of(name)) if pair in self.pairs]
        shared: Counter[int] = Counter()
        for found in sorted(met, key=len)[:RAREST]:
            shared.update(found[:2_000])
        return [at for at, _ in shared.most_common(MOST_CANDIDATES)]


def pairs_of(text: str) -> Iterable[str]:
    """Every two characters that stand together."""
    return (text[at : at + 2] for at in range(len(text) - 1))


def units_named(place: Unit) -> dict[str, int]:
    """The units of a place by name, and by the short forms that ledgers use."""
    found: dict[str, int] = {}
    for pk, name in Unit.objects.under(place.path).values_list("pk", "name"):
        found[name] = pk
        for tail in ("人民政府", "管委会", "委员会", "局"):
            found.setdefault(name.removesuffix(tail), pk)
        for full in (f"{name}人民政府", f"{name}管委会", f"县{name}"):
            found.setdefault(full, pk)
    found.pop("", None)
    return found
