"""What the gallery shows: real French text, in each state that a component knows."""

from decimal import Decimal

from django import forms
from django.core.paginator import Paginator

from ui.badges import LOOKS, badge
from ui.charts import Bars
from ui.forms import form_helper, section
from ui.typography import euros, number, percent

SHARES = (("plus tendue", 66), ("stable", 27), ("meilleure", 7))
ANSWERS = [(label, Decimal(value), percent(value)) for label, value in SHARES]
TONES = ["Pétrole", "Brique", "Aubergine", "Forêt", "Indigo", "Ocre"]
STATUS_LABELS = {
    "draft": "Brouillon",
    "consultation": "En consultation",
    "validated": "Validée",
    "published": "Publiée",
    "superseded": "Remplacée",
    "planned": "À lancer",
    "ongoing": "En cours",
    "done": "Réalisée",
    "paused": "En pause",
    "dropped": "Abandonnée",
    "unsaid": "Sans point d’étape",
    "late": "En retard",
}


class SampleForm(forms.Form):
    """A form with one field of each kind."""

    title = forms.CharField(
        label="Titre de l’action",
        max_length=200,
        help_text="Un verbe et son objet, en une ligne.",
    )
    summary = forms.CharField(
        label="Résumé",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="300 signes au plus.",
    )
    horizon = forms.ChoiceField(
        label="Horizon",
        choices=[
            ("", "Choisir un horizon"),
            ("short", "Court terme"),
            ("medium", "Moyen terme"),
        ],
    )
    priority = forms.ChoiceField(
        label="Priorité",
        choices=[("high", "Haute"), ("normal", "Normale")],
        widget=forms.RadioSelect,
        required=False,
    )
    needs = forms.MultipleChoiceField(
        label="Besoins auxquels l’action répond",
        choices=[
            ("economic", "Économiques"),
            ("social", "Sociaux"),
            ("environmental", "Environnementaux"),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    is_recurring = forms.BooleanField(label="L’action revient chaque année", required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            section("L’action", "title", "summary"),
            section("Ce qu’elle vise", "horizon", "priority", "needs", "is_recurring"),
        )


class SampleRow(forms.Form):
    """One partner of an action."""

    name = forms.CharField(label="Organisation", max_length=200)
    role = forms.ChoiceField(
        label="Rôle",
        choices=[
            ("lead", "Porteur"),
            ("partner", "Partenaire"),
            ("funder", "Financeur"),
        ],
    )


SampleFormSet = forms.formset_factory(SampleRow, extra=3, can_delete=True, can_delete_extra=False)


def samples() -> dict[str, object]:
    """Give the gallery everything it shows."""
    return {**_reading_samples(), **_form_samples()}


def _reading_samples() -> dict[str, object]:
    return {
        "statuses": STATUS_LABELS,
        "axes": [{"number": index, "name": name} for index, name in enumerate(TONES, start=1)],
        "facts": [
            {"term": "Collectivité", "value": "Nantes Métropole"},
            {"term": "Période", "value": "2021-2026"},
            {"term": "Adoption", "value": "délibération du 5 février 2021"},
            {"term": "État", "value": badge("Publiée", *LOOKS["published"])},
            {
                "term": "Moyens",
                "value": f"{euros(2_700_000)} sur la période, dont un appel à projets annuel et l’animation du réseau.",
                "is_wide": True,
            },
        ],
        "milestones": [
            {
                "date": "mars 2025",
                "title": "Diagnostic partagé",
                "text": "Restitution devant 62 structures du territoire.",
            },
            {
                "date": "du 3 au 24 juin 2025",
                "title": "Ateliers de co-construction",
                "url": "#chronologie",
            },
            {
                "date": "automne 2026",
                "title": "Adoption en conseil communautaire",
                "is_ahead": True,
            },
        ],
        "bars": Bars.of("reponses", "Votre trésorerie est…", ("Réponse", "%"), ANSWERS),
        "columns": [
            {"label": "Année"},
            {"label": "Financeur"},
            {"label": "Montant prévu", "is_number": True},
        ],
        "rows": [
            [
                {"value": year},
                {"value": funder},
                {"value": euros(amount), "is_number": True},
            ]
            for year, funder, amount in [
                ("2024", "Métropole", 450_000),
                ("2025", "Région", 120_000),
                ("2026", "État", 8_500.5),
            ]
        ],
        "jobs": number(153_100),
        "page": Paginator(range(60), 20).page(2),
        "tags": [
            {"label": "Commande publique", "url": "#etiquettes"},
            {"label": "Réemploi"},
            {"label": "Alimentation"},
        ],
        "actions": [
            {
                "label": "Modifier",
                "url": "#barre",
                "icon": "pencil-line",
                "is_main": True,
            },
            {"label": "Voir l’historique", "url": "#barre", "icon": "history"},
        ],
        "card_meta": ["2021-2026", "38 actions", "mise à jour le 12 mai 2026"],
    }


def _form_samples() -> dict[str, object]:
    refused = {
        "title": "",
        "horizon": "never",
        "summary": "Accompagner la création de tiers-lieux nourriciers.",
    }
    rows = {
        "refused-TOTAL_FORMS": "2",
        "refused-INITIAL_FORMS": "0",
        "refused-0-name": "",
        "refused-0-role": "funder",
        "refused-1-name": "Les Écossolies",
        "refused-1-role": "partner",
    }
    return {
        "blank_form": SampleForm(prefix="blank"),
        "blank_rows": SampleFormSet(prefix="partners"),
        "refused_form": SampleForm(
            {f"refused-form-{name}": value for name, value in refused.items()},
            prefix="refused-form",
        ),
        "refused_rows": SampleFormSet(rows, prefix="refused"),
    }
