import datetime as dt
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from people.collectivite_field import unmistakable_name
from people.models import Organisation
from roadmaps.forms.roadmap import ALREADY_CARRIES
from roadmaps.forms.sheet import CHOOSE_AGAIN
from roadmaps.forms.uploads import ACCEPTED
from roadmaps.models import Annex, Edition, Funding, KeyFigure, Roadmap, Section
from tests.roadmaps.factories import ActionFactory, ObjectiveFactory
from tests.roadmaps.writing.hands import complaints, typed, write
from tests.territories.factories import CollectiviteFactory

UNKNOWN = "Aucune collectivité ne porte ce nom : vérifiez l’orthographe, ou donnez son code."
NULL = "Le caractère nul n’est pas autorisé."


@pytest.mark.parametrize("text", ["🌱 Coopérer", "اقتصاد اجتماعي", "m" * 200, "<script>alert(1)</script>", "« & \"'"])
def test_any_text_is_kept_as_it_is(editor, edition, base, text):
    assert write(editor, f"{base}sections/ajouter/", kind="context", title=text).status_code == 302
    assert Section.objects.get().title == text
    assert editor.get(f"{base}sections/").status_code == 200


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("title", "Cont\0exte", f"Titre : {NULL}"),
        ("body", "<p>Cont\0exte</p>", f"Texte : {NULL}"),
        (
            "title",
            "t" * 500,
            "Titre : Assurez-vous que cette valeur comporte au plus 200 caractères (actuellement 500).",
        ),
        ("kind", "epic", "Nature : Sélectionnez un choix valide. epic n’en fait pas partie."),
    ],
)
def test_what_is_refused_is_said_in_french_and_shown_again(editor, base, field, text, said):
    sent = {"kind": "context", "title": "Titre", "body": "<p>Un texte</p>"} | {field: text}
    refused = write(editor, f"{base}sections/ajouter/", **sent)
    assert (refused.status_code, complaints(refused)) == (422, [said])
    shown = typed(refused)
    assert {name: shown[name][0] for name in sent if name != "kind"} == {
        name: value.replace("\0", "") for name, value in sent.items() if name != "kind"
    }
    assert not Section.objects.exists()


def test_a_word_of_ten_thousand_letters_fits_in_a_text(editor, edition, base):
    word = "a" * 10_000
    assert write(editor, f"{base}sections/ajouter/", kind="context", title="Long", body=word).status_code == 302
    assert Section.objects.get().body == f"<p>{word}</p>"


def test_a_script_in_a_rich_text_is_taken_out(editor, edition, base):
    body = '<p onclick="x()">Coopérer</p><script>alert(1)</script>'
    write(editor, f"{base}sections/ajouter/", kind="context", title="Contexte", body=body)
    assert Section.objects.get().body == "<p>Coopérer</p>"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("value", "beaucoup", "Valeur : Écrivez un nombre en chiffres, par exemple 44 500 ou 12,5."),
        ("year", "26", "Année : Écrivez une année de quatre chiffres, entre 1900 et 2200."),
        ("year", "deux mille", "Année : Écrivez une année de quatre chiffres, entre 1900 et 2200."),
    ],
)
def test_a_figure_that_cannot_be_read_is_said(editor, base, field, text, said):
    sent = {"label": "Emplois", "value": "44\u202f500", "source": "Insee", "year": "2022"} | {field: text}
    refused = write(editor, f"{base}chiffres-cles/ajouter/", **sent)
    assert (refused.status_code, complaints(refused)) == (422, [said])
    assert not KeyFigure.objects.exists()


def test_a_figure_comes_back_as_it_was_typed(editor, edition, base):
    write(editor, f"{base}chiffres-cles/ajouter/", label="Part", value="12,50", source="Insee", year="2022")
    figure = KeyFigure.objects.get()
    assert typed(editor.get(f"{base}chiffres-cles/{figure.uid}/"))["value"] == ["12,5"]


def test_periods_and_dates_run_forward(editor, edition, base):
    refused = write(editor, base, period_start="2030", period_end="2026")
    assert [said.replace("\xa0", " ") for said in complaints(refused)] == [
        "La période se termine avant de commencer : vérifiez les deux années."
    ]
    action = ActionFactory(objective=ObjectiveFactory(edition=edition))
    refused = write(editor, f"{base}actions/{action.uid}/", starts_on="mai 2027", ends_on="2026")
    assert [said.replace("\xa0", " ") for said in complaints(refused)] == [
        "L’action se termine avant de commencer : vérifiez les deux dates."
    ]


def test_a_row_in_error_names_its_line_and_saves_nothing(editor, edition, base):
    action = ActionFactory(objective=ObjectiveFactory(edition=edition))
    refused = write(
        editor,
        f"{base}actions/{action.uid}/",
        **{
            "acteurs-0-organisation": "Le Relais",
            "financements-1-amount": "-5",
            "financements-2-note": "sans montant",
        },
    )
    assert refused.status_code == 422
    assert complaints(refused) == [
        "Ligne 2, Montant : Assurez-vous que cette valeur est supérieure ou égale à 0.",
        "Ligne 3, Montant : Ce champ est obligatoire.",
    ]
    assert (Organisation.objects.count(), Funding.objects.count()) == (0, 0)
    assert typed(refused)["acteurs-0-organisation"] == ["Le Relais"]


def office(member):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(member, "<x/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7"),
        ("a.PNG", b"\x89PNG\r\n\x1a\n..."),
        ("a.jpeg", b"\xff\xd8\xff\xe0"),
        ("a.docx", office("word/document.xml")),
        ("a.xlsx", office("xl/workbook.xml")),
        ("a.odt", office("content.xml")),
    ],
)
def test_documents_and_pictures_are_taken(editor, edition, base, name, content):
    file = SimpleUploadedFile(name, content)
    assert write(editor, f"{base}annexes/ajouter/", title="Annexe", file=file).status_code == 302
    annex = Annex.objects.get()
    page = editor.get(f"{base}annexes/{annex.uid}/")
    assert "Fichier actuel" in page.content.decode()
    write(editor, f"{base}annexes/{annex.uid}/", **{"file-clear": "on"})
    assert Annex.objects.get(pk=annex.pk).file == ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg/>"),
        ("a.html", b"<script>"),
        ("a.pdf", b"<script>alert(1)</script>"),
        ("a.docx", office("autre.xml")),
        ("a.docx", b"PK\x03\x04 rien"),
        ("a.exe", b"MZ"),
        ("sans-extension", b"%PDF-1.7"),
    ],
)
def test_other_files_are_refused_whatever_their_name(editor, edition, base, name, content):
    refused = write(editor, f"{base}annexes/ajouter/", title="Annexe", file=SimpleUploadedFile(name, content))
    assert complaints(refused) == [
        f"Fichier : Ce fichier n’est pas lisible comme {ACCEPTED} : enregistrez-le dans ce format."
    ]
    assert not Annex.objects.exists()


def test_a_file_of_more_than_twenty_megabytes_is_refused(editor, edition, base):
    file = SimpleUploadedFile("a.pdf", b"%PDF-" + b"0" * (20 * 1024 * 1024))
    refused = write(editor, f"{base}annexes/ajouter/", title="Annexe", file=file)
    assert complaints(refused) == [
        "Fichier : Ce fichier dépasse 20 Mo : allégez-le, ou joignez-le en plusieurs parties."
    ]


def test_a_refused_page_says_that_its_file_must_be_chosen_again(editor, edition, base):
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    refused = write(editor, f"{base}annexes/ajouter/", title="", file=file)
    assert complaints(refused) == ["Titre : Ce champ est obligatoire.", f"Fichier : {CHOOSE_AGAIN}"]


def test_a_new_roadmap_keeps_what_was_typed_when_it_is_refused(editor):
    address = f"{reverse('roadmap-create')}?collectivite={CollectiviteFactory().slug}"
    refused = write(editor, address, ambition="Coopérer", co_carriers="Atlantide", **{"edition-period_start": "26"})
    assert refused.status_code == 422
    assert complaints(refused) == [
        "Titre : Ce champ est obligatoire.",
        f"Collectivités co-porteuses : « Atlantide » : {UNKNOWN}",
        "Première année : Écrivez une année de quatre chiffres, entre 1900 et 2200.",
    ]
    assert typed(refused)["ambition"] == ["Coopérer"]
    assert (Roadmap.objects.count(), Edition.objects.count()) == (0, 0)


def test_the_carriers_already_there_are_kept_even_ended_and_the_main_one_is_not_repeated(editor, edition):
    roadmap = edition.roadmap
    ended = CollectiviteFactory(name="Pays d’Hier", ended_on=dt.date(2020, 1, 1))
    roadmap.co_carriers.add(ended)
    address = reverse("roadmap-identity", args=[roadmap.slug])

    assert write(editor, address, title="Autre titre").status_code == 302
    assert list(roadmap.co_carriers.all()) == [ended]

    refused = write(editor, address, co_carriers=unmistakable_name(roadmap.collectivite))
    assert (refused.status_code, complaints(refused)) == (
        422,
        [f"Collectivités co-porteuses : {ALREADY_CARRIES.format(roadmap.collectivite)}"],
    )
    assert list(roadmap.co_carriers.all()) == [ended]
