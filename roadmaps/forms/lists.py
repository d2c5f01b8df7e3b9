"""How the public lists of roadmaps and of actions are searched and sifted: every choice is in the address.

What is chosen among rows (a theme, a territory, an organisation) is looked up by its address in one statement; the
choices that are offered come with their counts, in another.
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.cache import cache
from django.db.models import CharField, Count, F, Min, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast

from people.models import Organisation
from roadmaps.criteria import LEADS
from roadmaps.models import ActionActor, ActionListing, Lever, ProgressReport, Roadmap, RoadmapListing, Theme
from territories.models import Collectivite, Kind
from territories.names import fold
from ui import facets

Status = ProgressReport.Status
LATE = "en-retard"
STATUSES = {
    "a-lancer": Status.PLANNED,
    "en-cours": Status.ONGOING,
    "en-pause": Status.PAUSED,
    "realisees": Status.DONE,
    "abandonnees": Status.DROPPED,
    "sans-point-d-etape": ActionListing.UNSAID,
}
STATUS_LABELS = {
    LATE: "En retard",
    "a-lancer": "À lancer",
    "en-cours": "En cours",
    "en-pause": "En pause",
    "realisees": "Réalisées",
    "abandonnees": "Abandonnées",
    "sans-point-d-etape": "Sans point d’étape",
}
NEEDS = {
    "economique": ("Économique", "answers_economic_need"),
    "social": ("Social", "answers_social_need"),
    "environnemental": ("Environnemental", "answers_environmental_need"),
}
LARGEST_KEY = 2**31 - 1
LONGEST_ADDRESS = 120
COUNTS_KEPT = 600  # seconds: what is renamed elsewhere shows then
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True)
class Known:
    """A facet whose choices are rows: how each is found by its address, and what ties it to the list."""

    rows: Callable[[], QuerySet]
    address: str  # field of the row that the address shows
    label: str  # field of the row that the reader sees
    ties: Callable[[], QuerySet]  # what stands between the list and the rows
    own: str  # column of a tie that leads to the list
    other: str  # column of a tie that leads to the row
    key: str = "pk"  # column of the list that ``own`` holds
    is_number: bool = False  # its address is a primary key
    is_repeated: bool = False  # the same row may be tied twice, as pilote and as porteur, and also out of the list

    def may_be(self, value: str) -> bool:
        """Say whether a row could have that address."""
        if self.is_number:
            return value.isascii() and value.isdecimal() and int(value[:11]) <= LARGEST_KEY
        return 0 < len(value) <= LONGEST_ADDRESS

    def named(self, name: str, **those: Any) -> Any:
        """Give some rows as lines of facet, key, address, label."""
        found = self.rows().filter(**those).order_by()
        return found.values_list(Value(name), "pk", text(self.address), text(self.label))

    def keep(self, rows: Any, value: int) -> Any:
        """Keep the rows of the list that are tied to a row, each once."""
        return rows.filter(**{f"{self.key}__in": self.ties().filter(**{self.other: value}).values(self.own)})

    def count(self, rows: Any, name: str, *, is_whole: bool) -> Any:
        """Count the rows of the list that are tied to each row.

        Args:
            rows: of the list.
            name: of the facet.
            is_whole: they are all there are, so that the ties alone tell.
        """
        ties = self.ties()
        if self.is_repeated or not is_whole:
            ties = ties.filter(**{f"{self.own}__in": rows.values(self.key)})
        counts = Count(self.own, distinct=True) if self.is_repeated else Count("*")
        by_key = ties.order_by().values(self.other).annotate(of=counts, key=Cast(Min(self.other), CharField()))
        return by_key.values_list(Value(name), "key", Value(""), "of")


def text(name: str) -> Cast:
    return Cast(F(name), CharField())


def counted_as(rows: Any, name: str, value: str) -> Any:
    """Count the rows of a list as one choice."""
    return rows.order_by().values_list(Value(name), Value(value), Value("")).annotate(Count("pk"))


class ListSieve(facets.Sieve):
    """What both lists share: choices that are rows, choices that are written here, a search."""

    KNOWN: dict[str, Known]
    WRITTEN: dict[str, dict[str, str]]  # label by value
    ORDERS: dict[str, tuple[Any, ...]]

    def __init__(self, data: Any, today: dt.date) -> None:
        """Read what is chosen.

        Args:
            data: the query string.
            today: by which states and delays are told.
        """
        super().__init__(data)
        self.today = today
        self.offer({name: labels.items() for name, labels in self.WRITTEN.items()} | self._named())

    def _named(self) -> dict[str, list[tuple[str, str]]]:
        """Look up what is chosen among rows; what is not there is not chosen."""
        asked = {name: self.data.get(name, "") for name in self.KNOWN}
        self.keys: dict[str, int] = {}
        named: dict[str, list[tuple[str, str]]] = {name: [] for name in self.KNOWN}
        wanted = {name: {known.address: asked[name]} for name, known in self.KNOWN.items() if known.may_be(asked[name])}
        for name, key, address, label in self._looked_up(wanted):
            self.keys[name] = key
            named[name].append((address, label))
        return named

    def _looked_up(self, wanted: dict[str, dict[str, Any]]) -> Iterable[Any]:
        """Find rows of several kinds in one statement."""
        queries = [self.KNOWN[name].named(name, **those) for name, those in wanted.items()]
        return queries[0].union(*queries[1:], all=True) if queries else ()

    def all_rows(self) -> Any:
        raise NotImplementedError

    def matched(self) -> Any:
        """Give the rows that answer the words."""
        return self.all_rows().matching(self.chosen("q"))

    def kept(self, rows: Any, name: str, value: str) -> Any:
        """Keep the rows that answer a choice that is written here."""
        raise NotImplementedError

    def found(self, without: str = "") -> Any:
        found = self.matched()
        for name in self.FACETS:
            value = "" if name == without else self.chosen(name)
            if value and name in self.KNOWN:
                found = self.KNOWN[name].keep(found, self.keys[name])
            elif value:
                found = self.kept(found, name, value)
        return found

    def _is_whole(self, without: str) -> bool:
        """Tell whether nothing is chosen beside a facet."""
        return not any(self.chosen(name) for name in ("q", *self.FACETS) if name != without)

    def ordered(self) -> Any:
        """Give what is found in the order that is asked for."""
        return self.found().order_by(*self.ORDERS[self.chosen(facets.ORDER)])

    def written_counts(self) -> list[Any]:
        """Give the queries that count the choices that are written here."""
        raise NotImplementedError

    def counts(self) -> dict[str, Counter[str]]:
        """Count, or remember what was counted since the lists were last written."""
        key = self._counted_key()
        if not (known := cache.get(key)):
            known = self.counted(), {name: self.labels[name] for name in self.KNOWN}
            cache.set(key, known, COUNTS_KEPT)
        counts, labels = known
        self.labels |= labels
        return counts

    def _counted_key(self) -> str:
        """Name what is counted: the state of the lists, the day, and all that is chosen."""
        state = RoadmapListing.objects.order_by().aggregate(mark=Sum("mark"), of=Count("pk"))
        chosen = [self.chosen(name) for name in ("q", *self.FACETS)]
        told = repr((type(self).__name__, state["mark"], state["of"], self.today, chosen))
        return f"list-counts:{hashlib.sha256(told.encode()).hexdigest()}"

    def counted(self) -> dict[str, Counter[str]]:
        """Count in one statement; name the choices that lead to most in another."""
        counts, _ = facets.counted(
            [
                *self.written_counts(),
                *(
                    known.count(self.found(name), name, is_whole=self._is_whole(name))
                    for name, known in self.KNOWN.items()
                ),
            ]
        )
        by_key = {name: counts.pop(name, Counter()) for name in self.KNOWN}
        most = {name: [int(key) for key, _ in by_key[name].most_common(facets.MOST_OFFERED)] for name in self.KNOWN}
        counts |= {name: Counter() for name in self.KNOWN}
        chosen, found = (
            dict(self.labels),
            self._looked_up({name: {"pk__in": keys} for name, keys in most.items() if keys}),
        )
        self.labels |= {name: {} for name in self.KNOWN}
        for name, key, address, label in sorted(found, key=lambda line: fold(line[3])):
            counts[name][address] = by_key[name][str(key)]
            self.labels[name][address] = label
        for name in self.KNOWN:  # what is chosen stays, even where it leads to little
            self.labels[name] |= {key: label for key, label in chosen[name].items() if key not in self.labels[name]}
        return counts


class RoadmapSieve(ListSieve):
    """Which roadmaps of the public list to show, and in what order."""

    FACETS = {
        "departement": "Tous", "type": "Tous", "etat": "Tous", "annee": "Toutes", "theme": "Toutes", "levier": "Tous",
        "porteur": "Toutes",
    }  # fmt: skip
    KNOWN = {
        "departement": Known(Collectivite.objects.all, "code", "name", RoadmapListing.departements.through.objects.all,
                             "roadmaplisting", "collectivite"),
        "theme": Known(Theme.objects.all, "code", "label", RoadmapListing.themes.through.objects.all,
                       "roadmaplisting", "theme"),
        "levier": Known(Lever.objects.all, "code", "label", RoadmapListing.levers.through.objects.all,
                        "roadmaplisting", "lever"),
    }  # fmt: skip
    WRITTEN = {
        "type": dict(Roadmap.Kind.choices),
        "etat": dict(RoadmapListing.State.choices),
        "porteur": dict(Kind.choices),
        "annee": {str(year): str(year) for year in range(LAST_YEAR, FIRST_YEAR - 1, -1)},
    }
    ORDERS = {
        "": (F("period_end").desc(nulls_last=True), "-published_at", "pk"),
        "collectivite": ("roadmap__collectivite__search", "roadmap__title", "pk"),
        "publication": ("-published_at", "pk"),
    }

    departement = forms.ChoiceField(label="Département", required=False)
    porteur = forms.ChoiceField(label="Collectivité porteuse", required=False)
    type = forms.ChoiceField(label="Type de document", required=False)
    etat = forms.ChoiceField(label="État", required=False)
    annee = forms.ChoiceField(label="Année couverte", required=False)
    theme = forms.ChoiceField(label="Thématique", required=False)
    levier = forms.ChoiceField(label="Levier", required=False)
    tri = forms.ChoiceField(
        label="Ordre",
        required=False,
        choices=[
            ("", "Période la plus récente"),
            ("collectivite", "Collectivité, de A à Z"),
            ("publication", "Dernière publication"),
        ],
    )
    field_order = ["q", "departement", "porteur", "type", "etat", "annee", "theme", "levier", "tri"]

    def all_rows(self) -> Any:
        return RoadmapListing.objects.all()

    def kept(self, rows: Any, name: str, value: str) -> Any:
        if name == "type":
            return rows.filter(roadmap__kind=value)
        if name == "porteur":
            tied = RoadmapListing.carriers.through.objects.filter(collectivite__kind=value)
            return rows.filter(pk__in=tied.values("roadmaplisting"))
        if name == "annee":
            return rows.filter(covers(int(value), self.today.year))
        return rows.annotate(state=RoadmapListing.state_on(self.today.year)).filter(state=value)

    def written_counts(self) -> list[Any]:
        state = RoadmapListing.state_on(self.today.year)
        return [
            self.found("type").order_by().values_list(Value("type"), "roadmap__kind", Value("")).annotate(Count("pk")),
            self.found("porteur").order_by().values_list(Value("porteur"), "carriers__kind", Value(""))
            .annotate(Count("pk", distinct=True)),
            self.found("etat").order_by().annotate(in_state=state).values_list(Value("etat"), "in_state", Value(""))
            .annotate(Count("pk")),
        ]  # fmt: skip

    def counted(self) -> dict[str, Counter[str]]:
        counts = super().counted()
        counts["annee"] = self._by_year()
        return counts

    def _by_year(self) -> Counter[str]:
        """Count the documents that cover each year."""
        years: Counter[str] = Counter()
        periods = self.found("annee").order_by().values_list("period_start", "period_end").annotate(Count("pk"))
        for start, end, count in periods:
            for year in years_of(start, end, self.today.year):
                years[str(year)] += count
        return years


def years_of(start: int | None, end: int | None, now: int) -> Iterable[int]:
    """Give the years that a document covers: up to now where its end is not known, its last one without a start."""
    first = start or end
    last = end or max(now, start or 0)
    return range(max(first, FIRST_YEAR), min(last, LAST_YEAR) + 1) if first else ()


def covers(year: int, now: int) -> Q:
    """Say the same in a query."""
    open_ended = Q(period_start__lte=year, period_end=None) if year <= now else Q(period_start=year, period_end=None)
    return Q(period_start__lte=year, period_end__gte=year) | open_ended | Q(period_start=None, period_end=year)


class ActionSieve(ListSieve):
    """Which actions of the editions in force to show, and in what order."""

    FACETS = {
        "theme": "Toutes", "levier": "Tous", "horizon": "Tous", "besoin": "Tous", "statut": "Tous",
        "territoire": "Tous", "pilote": "Tous", "feuille": "Toutes",
    }  # fmt: skip
    KNOWN = {
        "theme": Known(Theme.objects.all, "code", "label", ActionListing.themes.through.objects.all,
                       "actionlisting", "theme"),
        "levier": Known(Lever.objects.all, "code", "label", ActionListing.levers.through.objects.all,
                        "actionlisting", "lever"),
        "territoire": Known(Collectivite.objects.all, "slug", "display_name",
                            RoadmapListing.carriers.through.objects.filter(roadmaplisting__actions__isnull=False).all,
                            "roadmaplisting__actions", "collectivite"),
        "pilote": Known(Organisation.objects.all, "pk", "name",
                        ActionActor.objects.filter(role__in=LEADS).all,
                        "action", "organisation", key="action", is_number=True, is_repeated=True),
        "feuille": Known(Roadmap.objects.all, "slug", "title", ActionListing.objects.all, "pk", "listing"),
    }  # fmt: skip
    WRITTEN = {
        "horizon": dict(ActionListing.Term.choices),
        "besoin": {value: label for value, (label, _) in NEEDS.items()},
        "statut": STATUS_LABELS,
    }
    ORDERS = {
        "": ("-listing_id", "id"),  # by its column: by its row it would follow the order of roadmaps
        "intitule": ("search", "id"),
        "echeance": (F("due_on").asc(nulls_last=True), "id"),
        "nouvelles": (F("said_on").desc(nulls_last=True), "id"),
    }

    theme = forms.ChoiceField(label="Thématique", required=False)
    levier = forms.ChoiceField(label="Levier", required=False)
    horizon = forms.ChoiceField(label="Horizon", required=False)
    besoin = forms.ChoiceField(label="Besoin", required=False)
    statut = forms.ChoiceField(label="Statut", required=False)
    territoire = forms.ChoiceField(label="Territoire", required=False)
    pilote = forms.ChoiceField(label="Pilote ou porteur", required=False)
    feuille = forms.ChoiceField(label="Feuille de route", required=False)
    tri = forms.ChoiceField(
        label="Ordre",
        required=False,
        choices=[
            ("", "Par feuille de route"),
            ("intitule", "Intitulé, de A à Z"),
            ("echeance", "Échéance la plus proche"),
            ("nouvelles", "Dernières nouvelles"),
        ],
    )
    field_order = ["q", *FACETS, "tri"]

    def all_rows(self) -> Any:
        return ActionListing.objects.all()

    def kept(self, rows: Any, name: str, value: str) -> Any:
        if name == "besoin":
            return rows.filter(**{NEEDS[value][1]: True})
        if name == "horizon":
            return rows.filter(term=value)
        return rows.filter(ActionListing.is_late(self.today) if value == LATE else Q(status=STATUSES[value]))

    def written_counts(self) -> list[Any]:
        by_status = self.found("statut")
        return [
            self.found("horizon").order_by().values_list(Value("horizon"), "term", Value("")).annotate(Count("pk")),
            by_status.order_by().values_list(Value("statut"), "status", Value("")).annotate(Count("pk")),
            counted_as(by_status.filter(ActionListing.is_late(self.today)), "statut", LATE),
            *(
                counted_as(self.found("besoin").filter(**{field: True}), "besoin", value)
                for value, (_, field) in NEEDS.items()
            ),
        ]

    def counted(self) -> dict[str, Counter[str]]:
        counts = super().counted()
        for value, status in STATUSES.items():
            counts["statut"][value] = counts["statut"].pop(str(status), 0)
        return counts
