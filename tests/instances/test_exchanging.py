"""The register goes out and comes back: what goes out is harmless, what comes in is shown first, all or nothing."""

import csv
import datetime as dt
import io
import json
import zipfile

import openpyxl
import pytest
import tablib
import time_machine
import zeal
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from instances.columns import COLUMNS
from instances.exporting import lines_of, register_table
from instances.importing import read_lines, run
from instances.models import Instance, Mandate, Seat
from instances.spreadsheets import UNREADABLE, read_rows
from people.models import Membership, Organisation, Person, Role
from publishing.tables import exported, quoted, unquoted
from tests.instances.factories import InstanceFactory, MandateFactory, SeatFactory
from tests.people.factories import OrganisationFactory, PersonFactory, team_member
from tests.territories.factories import CollectiviteFactory

TODAY = dt.date(2026, 11, 24)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
IMPORT = "/espace/instances/import/"
BODY = {"Instance": "CESER", "Niveau": "régional", "Nature": "Assemblée consultative"}


@pytest.fixture
def today():
    with time_machine.travel("2026-11-24T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def editor(client_for):
    return client_for(team_member(Role.EDITOR))


def a_csv(*lines, columns=None, separator=";"):
    columns = columns or list(dict.fromkeys(key for line in lines for key in line))
    written = io.StringIO()
    writer = csv.writer(written, delimiter=separator)
    writer.writerows([columns, *([line.get(key, "") for key in columns] for line in lines)])
    return "registre.csv", written.getvalue().encode()


def send(editor, file):
    name, content = file
    return editor.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def confirm(editor, page):
    return editor.post(IMPORT, {"confirm": page.context["token"]}, follow=True)


def said(page):
    """Give the refusals of a preview by line, or those of the file."""
    if "report" in page.context:
        return {line.number: " ".join(line.errors).replace("\u00a0", " ") for line in page.context["report"].errors}
    return " ".join(page.context["form"].errors["file"]).replace("\u00a0", " ")


def counts():
    return tuple(model.objects.count() for model in (Instance, Seat, Mandate, Person, Organisation))


def test_a_register_is_read_shown_then_written(editor):
    place = CollectiviteFactory(name="Région Ouest")
    line = BODY | {
        "Organisée par": "Préfecture; Région", "Territoires": f"Région Ouest ({place.code})", "Siège": "Siège ESS",
        "Voix": "délibérative", "Personne": "Ana Roy", "Qualité": "salarié·e", "Au titre de": "Réseau",
        "Début": "01/03/2024", "Échéance": "2027",
    }  # fmt: skip
    page = send(editor, a_csv(line, BODY | {"Siège": "Suppléance", "Supplée": "siege ess"}))
    assert [line.effects for line in page.context["report"].lines] == [
        ["crée l’instance «\u00a0CESER\u00a0»", "crée le siège «\u00a0Siège ESS\u00a0»",
         "ajoute la personne «\u00a0Ana Roy\u00a0»", "enregistre le mandat de Ana Roy"],
        ["crée le siège «\u00a0Suppléance\u00a0»"],
    ]  # fmt: skip
    assert counts() == (0, 0, 0, 0, 0)
    assert "Registre importé\u00a0: 5\u00a0ajouts." in confirm(editor, page).text
    assert counts() == (1, 2, 1, 1, 3)
    mandate = Mandate.objects.select_related("person", "seat__instance").get()
    assert (mandate.starts_on, mandate.term_on, mandate.quality) == (
        dt.date(2024, 3, 1),
        dt.date(2027, 12, 31),
        "staff",
    )
    assert list(mandate.seat.instance.territories.all()) == [place]
    assert Seat.objects.get(label="Suppléance").alternate_of == mandate.seat


@pytest.fixture
def ceser():
    return MandateFactory(person__first_name="Ana", person__last_name="Roy", seat__label="Siège",
                          seat__instance__name="CESER", seat__instance__kind="assembly",
                          seat__instance__mission="Débattre")  # fmt: skip


OF_CESER = BODY | {"Siège": "siege", "Personne": "ana roy", "Début": "2024-01-01"}


def effects(page):
    """Give what each line of a preview adds, and what it changes."""
    told = [(line.effects, line.changes) for line in page.context["report"].lines]
    return [tuple([text.replace("\u00a0", " ") for text in texts] for texts in line) for line in told]


def test_what_is_there_is_known_again_whatever_its_case_and_accents(editor, ceser):
    page = send(editor, a_csv(OF_CESER | {"Instance": "ceser", "Mission": " débattre ".title().strip()}))
    assert effects(page) == [([], [])]
    assert "Tout ce que dit ce fichier est déjà dans le registre." in page.text


def test_what_differs_is_told_and_changes_only_if_asked(editor, ceser):
    other = OrganisationFactory(name="Réseau")
    line = OF_CESER | {"Mission": "Décider", "Voix": "consultative", "Échéance": "2027", "Au titre de": "reseau"}
    page = send(editor, a_csv(line, OF_CESER | {"Siège": "Autre", "Personne": "", "Mission": "Décider"}))
    assert effects(page) == [
        ([], ["Mission : « Débattre » devient « Décider »", "Voix : « Délibérative » devient « consultative »",
              "Échéance : vide devient 31 décembre 2027", "Au titre de : vide devient « reseau »"]),
        (["crée le siège « Autre »"], []),
    ]  # fmt: skip
    assert "déjà dans le registre" not in page.text
    assert "Registre importé\u00a0: 1\u00a0ajout." in confirm(editor, page).text

    def stored():
        (mandate,) = Mandate.objects.select_related("seat__instance", "on_behalf_of")
        return (mandate.seat.instance.mission, mandate.seat.voice, mandate.term_on, mandate.on_behalf_of)

    assert stored() == ("Débattre", "deliberative", None, None)
    again = send(editor, a_csv(line))
    said_after = editor.post(IMPORT, {"confirm": again.context["token"], "changes": "1"}, follow=True)
    assert "Registre importé\u00a0: 0\u00a0ajout, 4\u00a0changements." in said_after.text
    assert stored() == ("Décider", "consultative", dt.date(2027, 12, 31), other)
    assert effects(send(editor, a_csv(line))) == [([], [])]


def test_a_change_that_may_not_be_is_refused_in_words(editor, ceser):
    page = send(editor, a_csv(OF_CESER | {"Échéance": "2023"}))
    assert said(page) == {2: "L’échéance tombe avant le début du mandat : vérifiez les deux dates."}
    page = send(editor, a_csv(OF_CESER | {"Mission": "Un"}, OF_CESER | {"Mission": "Deux", "Siège": "Autre"}))
    assert said(page) == {3: "Mission : la ligne 2 dit autre chose de « CESER »."}
    page = send(editor, a_csv(OF_CESER | {"N’existe plus depuis le": "2026-01-01"}))
    (line,) = page.context["report"].lines
    assert [text.replace("\u00a0", " ") for text in line.remarks] == [
        "N’existe plus depuis le : vide devient 1er janvier 2026 : la fin d’une instance se dit sur sa page"
    ]
    assert "se change sur les pages des instances" in page.text


def test_what_moved_since_the_preview_is_shown_again(editor, ceser):
    page = send(editor, a_csv(OF_CESER | {"Mission": "Décider"}))
    Instance.objects.update(mission="Voter", version=2)
    again = editor.post(IMPORT, {"confirm": page.context["token"], "changes": "1"})
    assert effects(again) == [([], ["Mission : « Voter » devient « Décider »"])]
    assert Instance.objects.get().mission == "Voter"
    editor.post(IMPORT, {"confirm": again.context["token"], "changes": "1"})
    assert Instance.objects.get().mission == "Décider"


def test_a_body_is_known_by_its_identifier_before_its_name(editor, ceser):
    body, parent = ceser.seat.instance, InstanceFactory(name="Région", slug="region")
    for one in (parent, InstanceFactory(name="État")):
        InstanceFactory(name="Bureau", parent=one)
    renamed = BODY | {"Identifiant de l’instance": body.slug, "Instance": "Conseil régional"}
    page = send(editor, a_csv(renamed, BODY | {"Instance": "Bureau", "Sous-groupe de": "région", "Sigle": "BR"}))
    assert effects(page) == [
        ([], ["Instance : « CESER » devient « Conseil régional »"]),
        ([], ["Sigle : vide devient « BR »", "Nature : « Comité de pilotage » devient « Assemblée consultative »"]),
    ]  # fmt: skip
    editor.post(IMPORT, {"confirm": page.context["token"], "changes": "1"})
    body.refresh_from_db()
    assert (body.name, body.get_absolute_url()) == ("Conseil régional", f"/instances/{body.slug}/")
    asked = said(send(editor, a_csv(BODY | {"Instance": "Bureau"})))[2]
    slugs = sorted(Instance.objects.filter(name="Bureau").values_list("slug", flat=True))
    assert asked == (
        f"Plusieurs instances portent ce nom : remplissez leur identifiant. Le registre connaît {', '.join(slugs)}."
    )
    wrong = BODY | {"Identifiant de l’instance": "autre", "Instance": "Région"}
    assert said(send(editor, a_csv(wrong)))[2] == (
        "Identifiant de l’instance : « autre » n’est pas dans le registre, où « Région » a l’identifiant « region ». "
        "Corrigez-le, ou videz la cellule."
    )


def test_a_number_that_is_not_that_of_the_name_is_refused(editor):
    person, organisation = PersonFactory(first_name="Ana", last_name="Roy"), OrganisationFactory(name="Réseau")
    line = BODY | {"Siège": "S", "Personne": "Bo Li", "N° de la personne": str(person.pk)}
    assert said(send(editor, a_csv(line)))[2] == (
        f"N° de la personne : le n° {person.pk} est « Ana Roy », et la ligne dit « Bo Li ». "
        "Videz la cellule pour suivre le nom."
    )
    for wrong in ("99999999999999999999", "douze", "-1"):
        line = BODY | {"Siège": "S", "Personne": "Ana Roy", "N° de la personne": wrong}
        assert "n’est pas un numéro" in said(send(editor, a_csv(line)))[2]
    line = BODY | {"Siège": "S", "Personne": "Ana Roy", "Au titre de": "Réseau", "N° de l’organisme": "999999"}
    assert "le registre n’a pas de n° 999999" in said(send(editor, a_csv(line)))[2]
    line |= {"N° de l’organisme": str(organisation.pk), "N° de la personne": str(person.pk)}
    confirm(editor, send(editor, a_csv(line)))
    assert list(Mandate.objects.values_list("person", "on_behalf_of")) == [(person.pk, organisation.pk)]


def test_the_same_new_person_on_several_lines_is_one_and_another_one_says_so(editor):
    PersonFactory(first_name="Ana", last_name="Roy")
    names = ["Ana Roy (nouvelle personne)", "Ana Roy (nouvelle personne)", "Ana Roy (nouvelle personne 2)"]
    lines = [BODY | {"Siège": seat, "Personne": name} for seat, name in zip("STU", names, strict=True)]
    page = send(editor, a_csv(*lines))
    assert [added for added, _ in effects(page)] == [
        ["crée l’instance « CESER »", "crée le siège « S »", "ajoute la personne « Ana Roy »",
         "enregistre le mandat de Ana Roy"],
        ["crée le siège « T »", "enregistre le mandat de Ana Roy, la même personne qu’à la ligne 2"],
        ["crée le siège « U »", "ajoute la personne « Ana Roy »", "enregistre le mandat de Ana Roy"],
    ]  # fmt: skip
    confirm(editor, page)
    assert (Person.objects.count(), Mandate.objects.values("person").distinct().count()) == (3, 2)


def test_a_body_that_ends_takes_nothing_new_from_a_file(editor):
    over, ending = (
        SeatFactory(label="S", instance__name=name, instance__dissolved_on=day, closed_on=day)
        for name, day in (("Finie", dt.date(2026, 11, 24)), ("Qui finit", dt.date(2026, 11, 25)))
    )
    over.instance.successors.add(InstanceFactory(name="Nouvelle"))
    line = {"Siège": "S", "Personne": "Ana Roy", "Début": "2026-01-01"}
    page = send(editor, a_csv({"Instance": "Finie"} | line, {"Instance": "Qui finit"} | line))
    assert said(page) == {
        2: "Cette instance n’existe plus depuis le 24 novembre 2026, remplacée par « Nouvelle ». "
        "On n’y ajoute plus de siège."
    }
    page = confirm(editor, send(editor, a_csv({"Instance": "Qui finit"} | line)))
    assert (ending.mandates.get().ended_on, Seat.objects.count()) == (dt.date(2026, 11, 24), 2)


def test_what_is_imported_is_in_the_history_of_each_body(editor):
    line = BODY | {"Siège": "S", "Personne": "Ana Roy"}
    confirm(editor, send(editor, a_csv(line, BODY | {"Instance": "Autre"})))
    body, other = Instance.objects.order_by("pk")
    who = Membership.objects.get().user
    assert [(one.gesture, one.by) for one in body.revisions.select_related("by").order_by("pk")] == [
        ("registered", who), ("seat_added", who), ("appointed", who),
    ]  # fmt: skip
    assert [one.gesture for one in other.revisions.all()] == ["registered"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"Niveau": "lunaire"}, "Niveau : « lunaire » n’est pas proposé. Choisissez parmi : National, Régional"),
        ({"Niveau": ""}, "Niveau : à remplir pour une instance que le registre ne connaît pas."),
        ({"Instance": ""}, "Instance : à remplir sur chaque ligne."),
        ({"Personne": "Ana Roy"}, "Siège : à remplir, puisqu’une personne est nommée."),
        ({"Siège": "S", "Supplée": "Absent"}, "Supplée : cette instance n’a pas de siège de titulaire « Absent »"),
        ({"Siège": "S", "Personne": "Ana Roy", "Début": "hier"}, "Début : « hier ». Cette date ne se lit pas."),
        ({"Siège": "S", "Personne": "Ana Roy", "Début": "2026", "Terminé le": "2025"}, "se termine avant de commencer"),
        ({"Siège": "S", "Personne": "Ana Roy", "Début": "2026", "Échéance": "2025"}, "L’échéance tombe avant le début"),
        ({"Territoires": "Atlantide"}, "Aucune collectivité ne porte ce nom"),
        ({"Site web": "javascript:alert(1)"}, "Site web : Saisissez une URL valide."),
        ({"Instance": "x" * 300}, "Instance : Assurez-vous que cette valeur comporte au plus 200 caractères"),
    ],
)
def test_a_line_that_cannot_be_is_told_and_nothing_is_written(editor, line, message):
    page = send(editor, a_csv(BODY | {"Instance": "Juste"}, BODY | line))
    assert page.status_code == 422
    assert list(said(page)) == [3]
    assert message in said(page)[3]
    assert confirm(editor, page).status_code == 422
    assert counts() == (0, 0, 0, 0, 0)


def test_mandates_that_overlap_are_refused_whether_in_the_register_or_in_the_file(editor):
    held = MandateFactory(
        seat__label="S", seat__instance__name="CESER", person__first_name="Bo", person__last_name="Li"
    )
    line = {"Instance": "CESER", "Siège": "S", "Personne": "Ana Roy", "Début": "2025-01-01"}
    twice = [BODY | {"Instance": "Autre", "Siège": "T", "Personne": name, "Début": "2024"} for name in ("Cy", "Di")]
    page = send(editor, a_csv(line, *twice))
    assert {number: text.partition(" depuis")[0] for number, text in said(page).items()} == {
        2: "Bo Li occupe déjà ce siège",
        4: "Cy occupe déjà ce siège",
    }
    assert list(Mandate.objects.all()) == [held]


def test_a_refused_line_leaves_nothing_behind_for_the_next_ones(editor):
    wrong = BODY | {"Siège": "S", "Au titre de": "Réseau", "Personne": "Ana Roy", "Début": "2026", "Échéance": "2025"}
    page = send(editor, a_csv(wrong, BODY | {"Siège": "S", "Au titre de": "Réseau", "Personne": "Ana Roy"}))
    assert list(said(page)) == [2]
    assert page.context["report"].lines[1].effects[0] == "crée l’instance «\u00a0CESER\u00a0»"


def test_the_line_of_a_seat_that_is_no_more_is_left_aside_and_says_so(editor):
    held = MandateFactory(seat__label="S", seat__closed_on=dt.date(2025, 1, 1), ended_on=dt.date(2024, 12, 31))
    before, address = counts(), reverse("register-export", args=["csv"])
    page = send(editor, ("registre.csv", editor.get(address).content))
    assert [(line.effects, line.errors) for line in page.context["report"].lines] == [([], [])]
    assert "Laissée de côté" in page.text
    assert (counts(), held.seat.mandates.count()) == (before, 1)


def test_of_two_people_of_one_name_the_report_asks_which(editor):
    one, two = PersonFactory.create_batch(2, first_name="Ana", last_name="Roy")
    page = send(editor, a_csv(BODY | {"Siège": "S", "Personne": "Ana Roy"}))
    assert f"Ana Roy (n° {one.pk}) ; Ana Roy (n° {two.pk})" in said(page)[2]
    confirm(editor, send(editor, a_csv(BODY | {"Siège": "S", "Personne": f"Ana Roy (n° {two.pk})"})))
    assert Mandate.objects.get().person == two


def test_a_new_name_on_several_lines_is_one_person_and_the_report_says_so(editor):
    lines = [BODY | {"Siège": seat, "Personne": "Ana Roy"} for seat in "AB"]
    page = send(editor, a_csv(*lines))
    assert page.context["report"].repeated == ["Ana Roy"]
    confirm(editor, page)
    assert (Mandate.objects.count(), Person.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (
            a_csv(BODY | {"Couleur": "bleu"}),
            "Colonnes inconnues : Couleur. Les colonnes du registre sont : Instance, Identifiant",
        ),
        (a_csv({"Siège": "S"}), "Il manque la colonne « Instance »."),
        (a_csv(BODY, columns=["Instance", "instance", "Niveau"]), "La colonne « Instance » est là deux fois."),
        (a_csv(BODY | {"Mission": "=1+1"}), "contient des formules"),
        (a_csv(*[BODY] * 10_000), "Ce fichier a 10\u202f000 lignes : 1\u202f000 au plus."),
        (("vide.csv", b"Instance\n"), "n’a aucune ligne"),
        (("photo.xlsx", b"\x89PNG\r\n"), "ne se lit pas comme XLSX, ODS ou CSV"),
        (("binaire.csv", b"a\0b"), "ne se lit pas"),
        (("gros.csv", b"Instance\n" + b"x" * 6_000_000), "trop lourd"),
    ],
)
def test_a_file_that_is_no_register_is_refused_in_words(editor, file, message):
    page = send(editor, file)
    assert page.status_code == 422
    assert message in said(page)
    assert counts() == (0, 0, 0, 0, 0)


def workbook(change):
    book = openpyxl.Workbook()
    book.active.append(list(BODY))
    book.active.append(list(BODY.values()))
    change(book.active)
    written = io.BytesIO()
    book.save(written)
    return "registre.xlsx", written.getvalue()


def test_a_workbook_with_formulas_merged_cells_or_ten_thousand_lines_is_refused(editor):
    assert "formules" in said(send(editor, workbook(lambda sheet: sheet.append(["=A1"]))))
    assert "fusionnées" in said(send(editor, workbook(lambda sheet: sheet.merge_cells("A3:A4"))))
    assert "10\u202f000 lignes" in said(
        send(editor, workbook(lambda sheet: [sheet.append(["x"]) for _ in range(9_999)]))
    )
    assert send(editor, workbook(lambda _: None)).status_code == 200


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ('<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>', "formules"),
        ('<table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="1"/>', "fusionnées"),
    ],
)
def test_so_is_one_of_libreoffice(editor, cell, message):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("content.xml", f"<office:document-content><table:table>{cell}</table:table>")
    assert message in said(send(editor, ("registre.ods", written.getvalue())))
    assert counts() == (0, 0, 0, 0, 0)


def test_a_file_that_swells_when_unpacked_is_refused(editor):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 90 * 1024 * 1024)
    assert len(written.getvalue()) < 200_000
    assert "trop lourd" in said(send(editor, ("registre.xlsx", written.getvalue())))


def rewritten(content, part, change):
    """Give a workbook with one of its parts changed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(written, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, change(source.read(name)) if name == part else source.read(name))
    return written.getvalue()


FAR_AWAY = "Une feuille de ce fichier va au-delà de 10 000 lignes ou de 200 colonnes : effacez les cellules éloignées."
SHEET = "xl/worksheets/sheet1.xml"
CELL = b'<c r="%s" t="inlineStr"><is><t>x</t></is></c>'


@pytest.mark.parametrize(
    ("told", "refused"),
    [
        (b'<row r="1048576">' + CELL % b"XFD1048576" + b"</row>", FAR_AWAY),
        (b'<row r="10001">' + CELL.replace(b'r="%s" ', b"") + b"</row>", FAR_AWAY),
        (b'<row r="9">' + CELL % b"GS9" + b"</row>", FAR_AWAY),
        (b'<row r="9">' + CELL % b"$A$9" + b"</row>", "UNREADABLE"),
        (b'<row r="1048576"><c r="XFD1048576" s="0"/></row>', None),
    ],
)
def test_a_cell_far_away_is_refused_before_the_space_in_between_is_made(told, refused):
    data = tablib.Dataset(["A"], headers=["Instance"]).export("xlsx")
    book = rewritten(data, SHEET, lambda part: part.replace(b"</sheetData>", told + b"</sheetData>"))
    if refused is None:
        assert read_rows("a.xlsx", book) == [["Instance"], ["A"]]
        return
    with pytest.raises(ValidationError) as refusal:
        read_rows("a.xlsx", book)
    assert refusal.value.messages == [UNREADABLE if refused == "UNREADABLE" else refused]


CELLS = b"<table:table-row%s><table:table-cell%s>%s</table:table-cell></table:table-row>"


@pytest.mark.parametrize(
    ("rows", "columns", "text", "is_refused"),
    [
        (b"1048000", b"16384", b"", False),
        (b"1048000", b"1", b"<text:p>x</text:p>", True),
        (b"1", b"16384", b"<text:p>x</text:p>", True),
    ],
)
def test_what_an_ods_file_repeats_counts_unless_it_is_empty(rows, columns, text, is_refused):
    data = tablib.Dataset(["A"], headers=["Instance"]).export("ods")
    told = CELLS % (b' table:number-rows-repeated="%s"' % rows, b' table:number-columns-repeated="%s"' % columns, text)
    book = rewritten(data, "content.xml", lambda part: part.replace(b"</table:table>", told + b"</table:table>"))
    if not is_refused:
        assert read_rows("a.ods", book) == [["Instance"], ["A"]]
        return
    with pytest.raises(ValidationError) as refusal:
        read_rows("a.ods", book)
    assert refusal.value.messages == [FAR_AWAY]


def test_the_preview_of_someone_else_or_of_yesterday_is_not_confirmed(editor, client_for):
    page = send(editor, a_csv(BODY))
    other = client_for(team_member(Role.EDITOR))
    assert "L’aperçu a expiré" in other.post(IMPORT, {"confirm": page.context["token"]}, follow=True).text
    assert Instance.objects.count() == 0


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "ods"])
def test_what_goes_out_comes_back_the_same(editor, file_format):
    place = CollectiviteFactory()
    body = InstanceFactory(name='=HYPERLINK("x")', acronym="@SUM", mission="Ligne 1\nligne 2 ; « ¥ »", website="https://a.test/",
                           organised_by=[OrganisationFactory(name="-A"), OrganisationFactory(name="+B")])  # fmt: skip
    body.territories.add(place)
    held = MandateFactory(
        seat__instance=body, on_behalf_of=OrganisationFactory(), act="-1", term_on=dt.date(2028, 2, 29)
    )
    MandateFactory(seat=held.seat, starts_on=dt.date(2020, 1, 1), ended_on=dt.date(2023, 12, 31), end_reason="resigned")
    SeatFactory(instance=body, alternate_of=held.seat, label="Suppléance")
    InstanceFactory(name="Sans siège")
    address = reverse("register-export", args=[file_format])
    before = editor.get(address).content
    for model in (Mandate, Seat, Instance):
        model.objects.all().delete()
    page = send(editor, (f"registre.{file_format}", before))
    assert said(page) == {}
    confirm(editor, page)
    if file_format == "csv":
        assert editor.get(address).content == before
    assert counts()[:3] == (2, 2, 2)
    back = Instance.objects.get(acronym="@SUM")
    assert (back.name, back.mission, list(back.territories.all())) == (body.name, body.mission, [place])
    assert {str(one) for one in back.organisers.all()} == {"-A", "+B"}


NAMES = st.sampled_from(["Ana Roy", "ana roy", "Bo Li", "Cy", "Bo  Li", "É\x01a"])
BODIES = st.sampled_from(["Bureau", "=1+1", "Comité\x02 ESS"])
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


def build_register(data):
    """Make a register of anything: homonyms, groups, former mandates, cells that look like formulas."""
    organisations = [Organisation.objects.create(name=name, kind="other") for name in ("-A; B", "Réseau", "=x")]
    people = [
        Person.objects.create(first_name=first, last_name=last)
        for first, _, last in (data.draw(NAMES).partition(" ") for _ in range(3))
    ]
    bodies = []
    for number in range(data.draw(st.integers(1, 3))):
        body = Instance.objects.create(
            name=f"{data.draw(BODIES)} {number}", slug=f"corps-{number}",
            level="regional", kind="board", mission=data.draw(WORDS), acronym=data.draw(WORDS)[:30],
            parent=data.draw(st.sampled_from([None, *[one for one in bodies if one.parent is None]])),
            is_public=data.draw(st.booleans()), is_to_confirm=data.draw(st.booleans()),
            verified_on=data.draw(st.none() | DAYS), dissolved_on=dt.date(2021, 1, 1) if number == 2 else None,
        )  # fmt: skip
        body.organisers.set(data.draw(st.lists(st.sampled_from(organisations), unique=True)))
        bodies.append(body)
        full = None
        for rank in range(data.draw(st.integers(0, 2))):
            seat = Seat.objects.create(
                instance=body, label=["Siège", "siège"][rank], alternate_of=full, college=data.draw(WORDS)
            )
            full = full or seat
            for year in range(data.draw(st.integers(0, 2))):
                Mandate.objects.create(
                    seat=seat, person=data.draw(st.sampled_from(people)), act=data.draw(WORDS),
                    starts_on=dt.date(2020 + year, 1, 1) if year else None, ended_on=dt.date(2020 + year, 12, 31),
                    on_behalf_of=data.draw(st.none() | st.sampled_from(organisations)),
                )  # fmt: skip


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "ods"])
def test_whatever_the_register_holds_its_export_has_nothing_to_change(file_format):
    # A failing register is shown as it was drawn: to make it smaller would build thousands more.
    @settings(max_examples=25, deadline=None, database=None, phases=[Phase.generate])
    @given(st.data())
    def holds(data):
        with transaction.atomic(), zeal.zeal_ignore():
            build_register(data)
            table = register_table(lines_of(Instance.objects.all(), TODAY, is_whole=True))
            content = b"".join(exported([table], file_format))
            report = run(read_lines(read_rows(f"registre.{file_format}", content)), writes=False)
            told = [(line.effects, line.changes, line.remarks, line.errors) for line in report.lines]
            assert told == [([], [], [], [])] * len(told)
            transaction.set_rollback(True)

    holds()


@given(st.text())
def test_whatever_goes_out_comes_back_and_is_no_formula(said):
    assert unquoted(quoted(said)) == said
    assert quoted(said)[:1] not in set("=+-@\t\r")


@pytest.mark.parametrize("dangerous", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_that_goes_out_is_a_formula(client, dangerous):
    InstanceFactory(name="A", mission=dangerous)
    text = client.get(reverse("instance-export", args=["csv"])).content.decode("utf-8-sig")
    cell = next(csv.DictReader(io.StringIO(text)))["Mission"]
    assert cell == f"'{dangerous}"
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("instance-export", args=["xlsx"])).content))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} & {"f"} == set()


def test_the_public_export_tells_what_the_page_tells_and_no_more(client):
    held = MandateFactory(seat__instance__name="Ici", internal_note="Secret", seat__instance__internal_note="Secret")
    MandateFactory(
        seat=held.seat, starts_on=dt.date(2020, 1, 1), ended_on=dt.date(2023, 1, 1), person__last_name="Ancien"
    )
    MandateFactory(seat__instance__is_public=False, person__last_name="Caché")
    InstanceFactory(name="Ailleurs", level="national")
    answer = client.get(reverse("instance-export", args=["json"]), {"niveau": "regional"})
    (line,) = json.loads(answer.content)
    assert list(line) == [
        label for label in COLUMNS.values() if label not in {"Désigné·e par", "Acte", "Visible de tous"}
    ]
    assert (line["Instance"], line["Personne"], line["Début"], line["État"]) == (
        "Ici",
        str(held.person),
        "2024-01-01",
        "Pourvu",
    )
    assert [word for word in ("Secret", "Ancien", "Caché") if word in answer.content.decode()] == []
    ods = client.get(reverse("instance-export", args=["ods"])).content
    assert len(tablib.Dataset().load(io.BytesIO(ods), format="ods")) == 2
    assert client.get(reverse("instance-export", args=["exe"])).status_code == 404


def test_the_open_data_say_what_is_not_verified_and_what_is_no_more(client):
    parent, hidden = InstanceFactory(slug="mere"), InstanceFactory(is_public=False, slug="cachee")
    InstanceFactory(slug="sure", verified_on=dt.date(2026, 3, 1), parent=parent)
    InstanceFactory(slug="douteuse", is_to_confirm=True, dissolved_on=dt.date(2026, 2, 1), parent=hidden)
    answer = client.get(reverse("instance-export", args=["json"]), {"anciennes": "on"})
    names = ("Identifiant de l’instance", "Sous-groupe de", "À confirmer", "Vérifiée le", "N’existe plus depuis le")
    assert [tuple(line[name] for name in names) for line in json.loads(answer.content)] == [
        ("mere", "", "non", "", ""),
        ("sure", "mere", "non", "2026-03-01", ""),
        ("douteuse", "", "oui", "", "2026-02-01"),
    ]


def test_every_column_is_explained_where_the_data_are_taken(client, editor):
    InstanceFactory()
    public = [column.label for column in client.get("/instances/").context["dictionary"]]
    taken = client.get(reverse("instance-export", args=["json"])).json()
    assert public == list(taken[0])
    assert [column.label for column in editor.get(IMPORT).context["dictionary"]] == list(COLUMNS.values())
    assert "Dernier jour où l’ensemble a été relu" in client.get("/instances/").text


@pytest.mark.parametrize("count", [1, 3, 40])
def test_an_export_costs_the_same_whatever_it_holds(client, count, django_assert_num_queries):
    for _ in range(count):
        held = MandateFactory(on_behalf_of=OrganisationFactory())
        SeatFactory(instance=held.seat.instance, alternate_of=held.seat)
    with django_assert_num_queries(7):
        client.get(reverse("instance-export", args=["csv"]))
