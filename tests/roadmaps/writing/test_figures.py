"""The figures of an action, on its own sheet: its indicators with their readings, its fundings with their totals."""

from decimal import Decimal

import pytest
from lxml import html

from roadmaps.forms.readings import Reading
from roadmaps.models import Action, Funding, Indicator, Measure
from tests.roadmaps.factories import (
    ActionFactory,
    FundingFactory,
    IndicatorFactory,
    MeasureFactory,
    ObjectiveFactory,
    StepFactory,
)
from tests.roadmaps.writing.hands import typed, write
from ui.partial_date import INVALID

UNREADABLE = "écrivez la date, deux-points, puis la valeur, par exemple «\u00a02026\u00a0: 12,5\u00a0»."
TOO_LONG = "Assurez-vous que cette valeur comporte au plus 300 caractères (actuellement 301)."


@pytest.fixture
def action(edition):
    return ActionFactory(objective__edition=edition)


@pytest.fixture
def sheet(action, base):
    return f"{base}actions/{action.uid}/"


def readings(indicator):
    rows = Measure.objects.filter(indicator=indicator)
    return [(str(row.measured_on or ""), row.value, row.source, row.note) for row in rows]


def test_an_indicator_is_written_with_its_readings_on_the_sheet_of_its_action(editor, action, sheet):
    answer = write(
        editor, sheet,
        **{
            "indicateurs-0-label": "Repas servis", "indicateurs-0-unit": "repas",
            "indicateurs-0-baseline": "1 200", "indicateurs-0-baseline_year": "2023",
            "indicateurs-0-target": "2 000,5", "indicateurs-0-target_year": "2027",
            "indicateurs-0-readings": "2024 : 1 300 ; Relevé du service\nmars 2025: 1450,5\n\n",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    (indicator,) = Indicator.objects.all()
    assert (indicator.action, indicator.objective, indicator.edition) == (action, None, action.edition)
    assert (indicator.baseline, indicator.target, indicator.target_year) == (1200, Decimal("2000.5"), 2027)
    assert readings(indicator) == [
        ("2024", 1300, "Relevé du service", ""),
        ("mars 2025", Decimal("1450.5"), "", ""),
    ]
    assert typed(editor.get(sheet))["indicateurs-0-readings"] == [
        "2024\u00a0: 1300\u00a0; Relevé du service\n03/2025\u00a0: 1450,5"
    ]


def test_the_columns_of_a_spreadsheet_are_pasted_as_they_are():
    assert Reading.parse("13/05/2026\t44 500\tInsee : Flores ; 2026") == Reading.parse(
        "13 mai 2026 : 44500 ; Insee : Flores ; 2026"
    )
    assert str(Reading.parse("sans date : 3")) == "sans date\u00a0: 3"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("2026", UNREADABLE),
        (": 12", UNREADABLE),
        ("31/02/2026 : 4", INVALID),
        ("2026 : 1e9", "Écrivez un nombre en chiffres, par exemple 44 500 ou 12,5."),
        (
            f"2026 : 1 ; {'x' * 301}",
            "Assurez-vous que cette valeur comporte au plus 300 caractères (actuellement 301).",
        ),
    ],
)
def test_a_reading_that_cannot_be_read_names_its_line_and_stores_nothing(editor, sheet, line, complaint):
    text = f"2025 : 7\n{line}"
    answer = write(editor, sheet, **{"indicateurs-0-label": "Repas", "indicateurs-0-readings": text})
    assert answer.status_code == 422
    assert answer.context["form"].rows["indicateurs"].forms[0].errors == {
        "readings": [f"Ligne «\u00a0{line}\u00a0»\u00a0: {complaint}"]
    }
    assert typed(answer)["indicateurs-0-readings"] == [text]
    assert Indicator.objects.count() == 0


def test_a_reading_keeps_its_note_and_its_uid_when_it_is_corrected(editor, action, sheet):
    indicator = IndicatorFactory(action=action)
    kept = MeasureFactory(indicator=indicator, measured_on="2024", value=10, note="Provisoire", position=0)
    moved = MeasureFactory(indicator=indicator, measured_on="2025", value=20, note="Définitif", position=1)
    write(editor, sheet, **{"indicateurs-0-readings": "2023 : 5\n2024 : 11\n2026 : 20"})
    rows = Measure.objects.order_by("position")
    assert [(str(row.measured_on), row.value, row.note) for row in rows] == [
        ("2023", 5, "Définitif"), ("2024", 11, "Provisoire"), ("2026", 20, ""),
    ]  # fmt: skip
    assert [row.uid for row in rows][:2] == [moved.uid, kept.uid]


def test_readings_that_are_erased_are_deleted_and_the_history_keeps_them(editor, action, sheet, edition):
    indicator = IndicatorFactory(action=action)
    MeasureFactory(indicator=indicator, measured_on="2024", value=10)
    write(editor, sheet, **{"indicateurs-0-readings": ""})
    assert readings(indicator) == []
    (revision,) = edition.roadmap.revisions.all()
    assert [row["value"] for row in revision.before["measure"]] == ["10"]


def test_an_indicator_that_is_corrected_keeps_its_uid_and_place_among_those_of_the_edition(editor, action, sheet):
    first = IndicatorFactory(action=action, label="Un", position=0)
    other = IndicatorFactory(objective=action.objective, action=None, edition=action.edition, label="Autre", position=1)
    last = IndicatorFactory(action=action, label="Deux", position=2)
    write(
        editor, sheet, **{"indicateurs-0-label": "Un bis", "indicateurs-1-DELETE": "on", "indicateurs-2-label": "Neuf"}
    )
    assert list(Indicator.objects.order_by("position").values_list("label", "position")) == [
        ("Un bis", 0), ("Autre", 1), ("Neuf", 2),
    ]  # fmt: skip
    assert {first.uid, other.uid} < set(Indicator.objects.values_list("uid", flat=True))
    assert not Indicator.objects.filter(uid=last.uid).exists()


def test_two_sheets_that_show_one_indicator_do_not_overwrite_each_other(editor, manager, action, sheet, base):
    indicator = IndicatorFactory(action=action, label="Repas")
    own = f"{base}indicateurs/{indicator.uid}/"
    on_action, on_its_own = typed(editor.get(sheet)), typed(editor.get(own))
    write(manager, own, label="Repas bio")
    assert editor.post(sheet, on_action | {"indicateurs-0-label": "Repas chauds"}).status_code == 409
    assert Indicator.objects.get().label == "Repas bio"
    write(manager, sheet, **{"indicateurs-0-label": "Repas locaux"})
    assert editor.post(own, on_its_own | {"label": "Repas froids"}).status_code == 409
    assert Indicator.objects.get().label == "Repas locaux"
    stale = typed(editor.get(sheet))
    manager.post(f"{own}supprimer/", typed_version(indicator))
    assert editor.post(sheet, stale | {"indicateurs-0-label": "Repas sauvés"}).status_code == 409


def typed_version(indicator):
    return {"version": str(Indicator.objects.get(pk=indicator.pk).version)}


def test_an_indicator_that_goes_to_an_objective_tells_the_action_that_had_it(editor, action, base):
    indicator = IndicatorFactory(action=action)
    objective = ObjectiveFactory(edition=action.edition)
    version = action.version
    write(editor, f"{base}indicateurs/{indicator.uid}/", subject=f"objectif-{objective.pk}")
    assert Action.objects.get(pk=action.pk).version == version + 1


def total(response):
    (shown,) = html.fromstring(response.content.decode()).xpath("//span[@data-total]/text()")
    return shown.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_fundings_say_what_they_come_to_by_status(editor, action, sheet):
    assert total(editor.get(sheet)) == "aucun montant"
    planned = {"action": action, "status": Funding.Status.PLANNED}
    FundingFactory(amount="12000.50", nature=Funding.Nature.OPERATING, position=0, **planned)
    FundingFactory(amount="3000", nature=Funding.Nature.INVESTMENT, position=1, **planned)
    FundingFactory(amount="0.5", nature=Funding.Nature.STAFF, position=2, **planned)
    FundingFactory(amount="700", nature=Funding.Nature.IN_KIND, position=3, action=action, status=Funding.Status.SPENT)
    assert total(editor.get(sheet)) == "Prévu : 15 000,50 € + 0,5 ETP · Réalisé : 700 €"


def test_a_refused_sheet_counts_what_was_typed_and_no_wrong_amount(editor, action, sheet):
    FundingFactory(action=action, amount="5000", nature=Funding.Nature.OPERATING, status=Funding.Status.PLANNED)
    changes = {"financements-0-DELETE": "on", "financements-1-amount": "12 000,50 €", "financements-2-amount": "12k"}
    answer = write(editor, sheet, title="", **changes)
    assert answer.status_code == 422
    assert total(answer) == "Prévu : 12 000,50 €"


def test_rows_that_nobody_touched_are_not_written_again(editor, sheet, action):
    step = StepFactory(action=action, due_on="2027-03", done_on="2027")
    indicator = IndicatorFactory(action=action, baseline="1200.5", baseline_year=2024)
    MeasureFactory(indicator=indicator, measured_on="2024-05-13", value="44500.125", source="Insee")
    funding = FundingFactory(action=action, amount="12000.50", year=2026)
    assert write(editor, sheet, summary="Autre chose").status_code == 302
    for row in (step, indicator, funding, indicator.measures.get()):
        assert type(row).objects.get(pk=row.pk).version == 1
