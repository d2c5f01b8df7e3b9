"""A position as staff write it."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Value, prefetch_related_objects
from django.utils.text import slugify

from editorial.forms.results import RESULTS
from editorial.models import LONGEST_SLUG, Party, Publication
from editorial.models.publication import content
from editorial.states import PARTIES, write_parties, write_supports
from instances.forms.names import DayField, LinesField
from instances.models import Instance, Meeting
from roadmaps.forms.layout import Rows, beside
from roadmaps.forms.sheet import SheetForm
from roadmaps.forms.uploads import PdfField
from roadmaps.models import Action, Objective, Roadmap
from ui.forms import section
from ui.typography import day

TAKEN = "Une autre prise de position a déjà cette adresse\u00a0: changez la fin de l’adresse."
NO_SLUG = "Écrivez au moins une lettre ou un chiffre\u00a0: l’adresse en est tirée."
NO_INSTANCE = "Choisissez aussi l’instance dont c’est la séance."
NO_MEETING = "Cette instance n’a pas de séance enregistrée ce jour-là."
KNOWN_DAYS = " Séances connues autour de ce jour\u00a0: {}."
NEIGHBOURS = 3  # days that are told where the one that was typed is none
NAMES = "Un nom par ligne, dans l’ordre où ils sont lus. Le nom d’un organisme du portail est reconnu."
ADDRESSES = (
    "L’adresse de la page de la feuille de route, de l’objectif ou de l’action, une par ligne, "
    "copiée du navigateur. Ce qui est soutenu suit la feuille de route d’édition en édition."
)
NOT_OURS = (
    "«\u00a0{}\u00a0» n’est pas l’adresse d’une feuille de route du portail, ni d’un de ses objectifs ou actions."
)
ADDRESS = re.compile(
    r"(?:https?://[^/\s]+)?/feuilles-de-route/(?P<slug>[-\w]+)/"
    r"(?:editions/\d+/)?(?:(?:actions|objectifs)/(?P<uid>[a-z0-9]{8})/)?"
)
LONGEST_NAME = Party._meta.get_field("name").max_length
TOO_LONG = "«\u00a0{}…\u00a0» dépasse {} caractères."

Support = tuple[Roadmap, str]


class NamesField(LinesField):
    """Names, one a line."""

    def find(self, names: list[str]) -> list[str]:
        if too_long := [name for name in names if len(name) > LONGEST_NAME]:
            raise ValidationError(TOO_LONG.format(too_long[0][:60], LONGEST_NAME))
        return names


class SupportsField(LinesField):
    """Roadmaps, objectives and actions, by the address where they are read."""

    def find(self, names: list[str]) -> list[Support]:
        read = {name: ADDRESS.match(name) for name in names}
        asked = {name: (found["slug"], found["uid"] or "") for name, found in read.items() if found}
        slugs, uids = {slug for slug, _ in asked.values()}, {uid for _, uid in asked.values() if uid}
        roadmaps = Roadmap.objects.in_bulk(slugs, field_name="slug")
        known = {(slug, "") for slug in roadmaps} | (uids_of(slugs, uids) if uids else set())
        if refused := [name for name in names if asked.get(name) not in known]:
            raise ValidationError([NOT_OURS.format(name[:120]) for name in refused])
        return list({support: (roadmaps[support[0]], support[1]) for support in asked.values()}.values())


def uids_of(slugs: set[str], uids: set[str]) -> set[tuple[str, str]]:
    """Give those of the objectives and actions that are in these roadmaps, in any edition."""
    first, second = (
        model._default_manager.filter(edition__roadmap__slug__in=slugs, uid__in=uids)
        .order_by()
        .values_list(Value(model.__name__), "edition__roadmap__slug", "uid")
        for model in (Objective, Action)
    )
    return {(slug, uid) for _, slug, uid in first.union(second)}


def address_of(roadmap: Roadmap, uid: str, kind: str) -> str:
    return f"{roadmap.get_absolute_url()}{f'{kind}/{uid}/' if uid else ''}"


class PositionForm(SheetForm):
    """A position, with whom it is from and to, where it was carried, what it supports, and what it found."""

    recipients = NamesField(label="Destinataires", help_text=NAMES)
    signatories = NamesField(label="Signataires", help_text=NAMES)
    meeting_on = DayField(
        label="Séance du", required=False, help_text="Le jour de la séance de cette instance, si c’en est une."
    )
    supports = SupportsField(label="Ce qu’elle soutient", help_text=ADDRESSES)
    slug = forms.CharField(
        label="Fin de l’adresse",
        max_length=LONGEST_SLUG,
        required=False,
        help_text="Vide, elle est tirée du titre. Les anciennes adresses continuent de mener à la page.",
    )
    source_url = forms.URLField(label="Adresse de la source", required=False, assume_scheme="https", max_length=400)
    file = PdfField(label="Document", required=False)
    answer_file = PdfField(label="Document de la réponse", required=False)
    opens_on = DayField(label="Ouverte le", required=False)
    closes_on = DayField(label="Close le", required=False)
    row_sets = {"resultats": RESULTS}
    spanned = ("draft", "meeting")

    class Meta:
        model = Publication
        fields = [
            "kind", "title", "dated_on", "summary", "body", "themes", "file", "source", "source_url", "instance",
            "answer_on", "answer", "answer_file", "target", "opens_on", "closes_on", "answers_count", "method",
            "is_fictional", "slug",
        ]  # fmt: skip
        widgets = {
            "summary": forms.Textarea({"rows": 3}),
            "answer": forms.Textarea({"rows": 4}),
            "method": forms.Textarea({"rows": 3}),
            "answers_count": forms.TextInput({"inputmode": "numeric"}),
            "themes": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, instance: Publication, **kwargs: Any) -> None:
        if instance.pk:
            prefetch_related_objects([instance], *content())
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["instance"].queryset = Instance.objects.order_by("sort")
        if instance.pk:
            parties = instance.parties.all()
            for name, role in PARTIES.items():
                self.initial[name] = "\n".join(str(one) for one in parties if one.role == role)
            self.initial["supports"] = "\n".join(addresses(instance))
            self.initial["meeting_on"] = instance.meeting.held_on if instance.meeting else None

    def layout(self) -> list[Any]:
        return [
            section("La prise de position", "kind", "title", "dated_on", "summary", "body", "is_fictional"),
            section("De qui, à qui", "signatories", "recipients"),
            section("Le document et sa source", "file", "source", "source_url"),
            section("Où elle a été portée", "instance", "meeting_on"),
            section("Ce qu’elle soutient", "supports", "themes"),
            section("La réponse reçue", "answer_on", "answer", "answer_file"),
            section(
                "L’enquête", "target", beside("opens_on", "closes_on", "answers_count"), "method"
            ),
            Rows("resultats", legend="Résultats", row_label="Résultat", add_label="Ajouter un résultat",
                 help="Les chiffres se montrent en barres, toujours à côté de leur tableau."),
            section("Son adresse", "slug"),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Draw the address, refuse one that another position has, and find the meeting."""
        cleaned = super().clean()
        if not {"slug", "title"} & set(self.errors):
            cleaned["slug"] = slugify(cleaned["slug"] or cleaned["title"])[:LONGEST_SLUG].strip("-")
            others = Publication.objects.filter(slug=cleaned["slug"]).exclude(pk=self.instance.pk)
            if not cleaned["slug"]:
                self.add_error("slug", NO_SLUG)
            elif others.exclude(draft=self.instance.pk or 0).exists():
                self.add_error("slug", TAKEN)
        if not {"instance", "meeting_on"} & set(self.errors):
            self.instance.meeting = self.meeting(cleaned.get("instance"), cleaned.get("meeting_on"))
        return cleaned

    def meeting(self, instance: Instance | None, held_on: Any) -> Meeting | None:
        """Give the meeting of a body on a day; none where no day is given, or where there is none, which is said."""
        if held_on is None:
            return None
        if instance is None:
            self.add_error("instance", NO_INSTANCE)
            return None
        found = list(instance.meetings.order_by("held_on", "pk"))
        meeting = next((one for one in found if one.held_on == held_on), None)
        if meeting is None:
            near = sorted(found, key=lambda one: abs(one.held_on - held_on))[:NEIGHBOURS]
            days = ", ".join(day(one.held_on) for one in sorted(near, key=lambda one: one.held_on))
            self.add_error("meeting_on", NO_MEETING + (KNOWN_DAYS.format(days) if days else ""))
        return meeting

    def save(self, commit: bool = True) -> Publication:  # noqa: FBT001, FBT002 Django’s signature
        saved = super().save(commit=commit)
        for name in {*PARTIES} & {*self.changed_data}:
            write_parties(saved, PARTIES[name], self.cleaned_data[name])
        if "supports" in self.changed_data:
            write_supports(saved, self.cleaned_data["supports"])
        return saved


def addresses(row: Publication) -> list[str]:
    """Give the addresses of what a position supports, as the form takes them."""
    supports = row.supports.all()
    uids = [one.uid for one in supports if one.uid]
    actions = set(Action.objects.filter(uid__in=uids).values_list("uid", flat=True)) if uids else set()
    return [address_of(one.roadmap, one.uid, "actions" if one.uid in actions else "objectifs") for one in supports]
