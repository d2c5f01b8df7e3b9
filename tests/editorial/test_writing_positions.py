"""Staff write the positions: nothing typed is lost, each gesture leaves a trace, what is online was published."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from editorial.forms.position import NO_INSTANCE, NO_MEETING, NOT_OURS, TAKEN
from editorial.models import FormerSlug, Publication, PublicationRevision
from editorial.position import lacks
from editorial.positions import publish, whole
from people.models import Role
from tests.editorial.factories import PublicationFactory
from tests.instances.factories import InstanceFactory, MeetingFactory
from tests.people.factories import OrganisationFactory, team_member
from tests.roadmaps.factories import ActionFactory, EditionFactory
from tests.roadmaps.writing.hands import complaints, typed, write
from ui.partial_date import PartialDate

pytestmark = pytest.mark.django_db
NEW = "/espace/prises-de-position/ajouter/"
CLOSES_TOO_SOON = "L’enquête est close avant d’être ouverte : vérifiez les deux dates."
PDF = b"%PDF-1.7 une lettre"


def edit(row: Publication) -> str:
    return reverse("publication-edit", args=[row.pk])


def do(client, gesture: str, row: Publication, version: int | None = None):
    return client.post(reverse(f"publication-{gesture}", args=[row.pk]), {"version": version or row.version})


def gestures(row: Publication) -> list[str]:
    return list(PublicationRevision.objects.about(row).order_by("pk").values_list("gesture", flat=True))


def names(row: Publication, role: str) -> list[tuple[str, bool]]:
    return [(str(one), one.organisation_id is not None) for one in row.parties.named() if one.role == role]


def test_a_new_position_is_a_draft_that_says_all_that_was_typed(editor) -> None:
    OrganisationFactory(name="Les Ecossolies")
    edition = EditionFactory(published=True)
    action = ActionFactory(objective__edition=edition)
    meeting = MeetingFactory(held_on=dt.date(2025, 3, 6))
    answer = write(
        editor,
        NEW,
        kind="letter",
        title="L’ESS, ici",
        dated_on="mars 2025",
        body="<p>Un <script>x</script>texte.</p>",
        recipients="La présidente de la Région",
        signatories="CRESS\r\nles ecossolies\r\n",
        instance=meeting.instance.pk,
        meeting_on="2025-03-06",
        supports=f"http://testserver{edition.roadmap.get_absolute_url()}\n"
        f"{edition.roadmap.get_absolute_url()}actions/{action.uid}/\n",
    )
    row = Publication.objects.get()
    assert answer["Location"] == edit(row)
    assert (row.slug, row.dated_on, row.body, row.meeting, row.is_published) == (
        "less-ici", PartialDate(2025, 3), "<p>Un texte.</p>", meeting, False,
    )  # fmt: skip
    assert names(row, "signatory") == [("CRESS", False), ("Les Ecossolies", True)]
    assert names(row, "recipient") == [("La présidente de la Région", False)]
    assert list(row.supports.values_list("roadmap", "uid")) == [
        (edition.roadmap.pk, ""),
        (edition.roadmap.pk, action.uid),
    ]
    assert gestures(row) == ["created"]
    shown = editor.get(edit(row)).context["form"]
    assert shown["signatories"].value() == "CRESS\nLes Ecossolies"
    assert shown["supports"].value().splitlines() == [
        edition.roadmap.get_absolute_url(), f"{edition.roadmap.get_absolute_url()}actions/{action.uid}/",
    ]  # fmt: skip


def test_results_are_pasted_as_lines(editor) -> None:
    row = PublicationFactory(kind="survey")
    figures = "Tendue\u00a0: 62 %\r\nBonne\t31,5\r\nNe sait pas : pour l’instant ; 1 200"
    write(
        editor,
        edit(row),
        **{"resultats-0-title": "Trésorerie", "resultats-0-figures": figures, "resultats-0-unit": "%"},
    )
    (result,) = row.results.all()
    assert [(one.label, str(one.value)) for one in result.figures.all()] == [
        ("Tendue", "62.000"),
        ("Bonne", "31.500"),
        ("Ne sait pas : pour l’instant", "1200.000"),
    ]
    again = editor.get(edit(row)).context["form"].rows["resultats"].forms[0]
    assert again["figures"].value() == "Tendue\u00a0: 62\nBonne\u00a0: 31,5\nNe sait pas : pour l’instant\u00a0: 1200"
    write(editor, edit(row), **{"resultats-0-figures": "Tendue : 60"})
    assert [str(one) for one in row.results.get().figures.all()] == ["Tendue : 60.000"]


def test_a_line_that_is_no_figure_is_named_and_nothing_typed_is_lost(editor) -> None:
    row = PublicationFactory(kind="survey")
    answer = write(
        editor, edit(row), title="Un titre tapé", **{"resultats-0-title": "Trésorerie", "resultats-0-figures": "Tendue"}
    )
    assert answer.status_code == 422
    (complaint,) = complaints(answer)
    assert "«\u00a0Tendue\u00a0»\u00a0: écrivez le libellé, deux-points, puis le chiffre" in complaint
    sent = typed(answer)
    assert (sent["title"], sent["resultats-0-figures"]) == (["Un titre tapé"], ["Tendue"])
    assert row.results.count() == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"slug": "prise"}, f"Fin de l’adresse\u00a0: {TAKEN}"),
        ({"meeting_on": "2025-03-06"}, f"Instance où elle a été portée\u00a0: {NO_INSTANCE}"),
        ({"supports": "/ailleurs/"}, f"Ce qu’elle soutient\u00a0: {NOT_OURS.format('/ailleurs/')}"),
        ({"opens_on": "2025-09-15", "closes_on": "2025-07-17"}, CLOSES_TOO_SOON),
        ({"recipients": "a" * 201}, "Destinataires\u00a0: «\u00a0" + "a" * 60 + "…\u00a0» dépasse 200 caractères."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_reason(editor, changes: dict[str, str], said: str) -> None:
    PublicationFactory(slug="prise")
    answer = write(editor, edit(PublicationFactory()), **changes)
    assert (answer.status_code, complaints(answer)) == (422, [said])


def test_a_day_without_meeting_is_answered_with_the_days_that_have_one(editor) -> None:
    instance = InstanceFactory()
    for month in (1, 3, 5, 11):
        MeetingFactory(instance=instance, held_on=dt.date(2025, month, 6))
    answer = write(editor, edit(PublicationFactory()), instance=instance.pk, meeting_on="2025-03-07")
    known = "Séances connues autour de ce jour\u00a0: 6\u00a0janvier 2025, 6\u00a0mars 2025, 6\u00a0mai 2025."
    assert complaints(answer) == [f"Séance du\u00a0: {NO_MEETING} {known}"]


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [("lettre.pdf", PDF, True), ("lettre.pdf", b"<html>", False), ("lettre.png", b"\x89PNG\r\n\x1a\n", False)],
)
def test_a_document_is_a_pdf_by_its_content(editor, name: str, content: bytes, kept: bool) -> None:
    row = PublicationFactory()
    write(editor, edit(row), file=SimpleUploadedFile(name, content))
    row.refresh_from_db()
    assert bool(row.file) is kept
    answer = editor.get(reverse("publication-draft-file", args=[row.pk, "document"]))
    answer.close()
    private = answer.status_code == 200 and answer["Cache-Control"] == "private, no-store"
    assert (answer.status_code, private) == ((200, True) if kept else (404, False))


def test_two_people_on_one_position_are_shown_both_texts(editor, manager) -> None:
    row = PublicationFactory(title="Un titre", signatories=["CRESS"], recipients=["Le préfet", "Le maire"])
    read = typed(editor.get(edit(row)))
    write(manager, edit(row), signatories="CRESS\nAutre", summary="Le résumé du second")
    answer = editor.post(edit(row), read | {"signatories": ["CRESS\nMoi"]})
    assert answer.status_code == 409
    assert [one.label for one in answer.context["form"].conflicts] == ["Signataires"]
    assert answer.context["form"].taken == ["Résumé"]
    editor.post(edit(row), typed(answer) | {"choix-signatories": ["mine"]})
    row.refresh_from_db()
    assert (names(row, "signatory"), row.summary) == ([("CRESS", False), ("Moi", False)], "Le résumé du second")


def test_what_is_typed_in_a_position_deleted_meanwhile_can_be_written_again(editor) -> None:
    row = PublicationFactory(results=[{"title": "Trésorerie", "figures": [["Oui", "62"]]}])
    read, address = typed(editor.get(edit(row))), edit(row)
    row.delete()
    answer = editor.post(address, read | {"title": ["Un autre titre"]})
    assert answer.status_code == 409
    editor.post(address, typed(answer))
    again = Publication.objects.get()
    assert (again.title, [str(one) for one in again.results.all()]) == ("Un autre titre", ["Trésorerie"])


def test_publishing_puts_online_what_was_read_with_all_that_hangs_on_it(manager, client) -> None:
    row = PublicationFactory(
        title="Lettre", signatories=["CRESS"], results=[{"title": "Q", "figures": [["Oui", "62"]]}]
    )
    asked = manager.get(reverse("publication-publish", args=[row.pk]))
    assert [change.label for change in asked.context["changes"]][:3] == ["Nature", "Titre", "Fin de l’adresse"]
    write(manager, edit(row), title="Lettre relue")
    assert do(manager, "publish", row).status_code == 409
    assert do(manager, "publish", row, 2)["Location"] == edit(row)
    position = client.get(row.get_absolute_url()).context["position"]
    assert (position.title, [one["name"] for one in position.signatories]) == ("Lettre relue", ["CRESS"])
    assert [one["bars"].caption for one in position.results] == ["Q"]
    assert manager.get(reverse("publication-publish", args=[row.pk])).context["changes"] == []
    assert gestures(row) == ["written", "published"]


def test_the_list_says_which_are_ahead_of_what_is_online_and_what_each_lacks(editor) -> None:
    ahead = PublicationFactory(
        title="Reprise", dated_on=PartialDate(2026), signatories=["a"], recipients=["b"], published=True
    )
    PublicationFactory(title="Sans personne", dated_on=PartialDate(2025), published=True)
    PublicationFactory(title="Brouillon", dated_on=None)
    write(editor, edit(ahead), body="<p>Autre.</p>")
    rows = editor.get("/espace/prises-de-position/").context["rows"]
    assert [(str(one["row"]), one["row"].is_published, one["row"].is_ahead, one["lacks"]) for one in rows] == [
        ("Reprise", True, True, 0),
        ("Sans personne", True, False, 2),
        ("Brouillon", False, False, 3),
    ]


def test_a_survey_without_what_makes_its_figures_readable_is_told_to_staff(editor) -> None:
    row = PublicationFactory(
        kind="survey", results=[{"title": "Trésorerie", "unit": "", "base": None, "year": None, "source": ""}]
    )
    said = [
        "Il manque le public interrogé.",
        "Il manque les dates d’ouverture et de clôture.",
        "Il manque le nombre de réponses.",
        "Il manque la méthode.",
        "Résultat «\u00a0Trésorerie\u00a0»\u00a0: il manque les chiffres, l’unité, l’année, la source, la base.",
    ]
    assert lacks(whole(row.pk)) == said
    assert editor.get(edit(row)).context["lacks"] == said


def test_a_renamed_position_leads_on_once_it_is_published(manager, client) -> None:
    row = PublicationFactory(slug="un", published=True)
    write(manager, edit(row), slug="Deux")
    assert client.get("/prises-de-position/un/").status_code == 200
    do(manager, "publish", row, 2)
    answer = client.get("/prises-de-position/un/")
    assert (answer.status_code, answer["Location"]) == (301, "/prises-de-position/deux/")
    other = PublicationFactory(slug="un")
    assert client.get("/prises-de-position/un/").status_code == 301
    publish(other, other.version, team_member(Role.MANAGER))
    assert client.get("/prises-de-position/un/").status_code == 200
    assert FormerSlug.objects.count() == 0


def test_an_address_where_another_position_is_online_is_refused_at_publication(manager) -> None:
    first = PublicationFactory(slug="un", published=True)
    Publication.objects.filter(pk=first.pk).update(slug="deux")
    second = PublicationFactory(slug="un")
    answer = do(manager, "publish", second)
    assert (answer.status_code, answer.context["refusal"]) == (409, TAKEN)


def test_withdrawing_takes_it_offline_and_keeps_what_is_written(manager, client) -> None:
    row = PublicationFactory(published=True)
    do(manager, "withdraw", row)
    assert client.get(f"/prises-de-position/{row.slug}/").status_code == 404
    assert (Publication.objects.count(), gestures(row)) == (1, ["withdrawn"])


def test_a_deleted_position_comes_back_whole_as_a_draft_with_its_addresses(manager, client) -> None:
    row = PublicationFactory(
        slug="un", signatories=["CRESS"], results=[{"title": "Q", "figures": [["Oui", "62"]]}], published=True
    )
    FormerSlug.objects.create(slug="zero", publication=row)
    said = manager.get(reverse("publication-delete", args=[row.pk]))
    assert said.context["with_it"] == []
    answer = manager.post(reverse("publication-delete", args=[row.pk]), {"version": row.version}, follow=True)
    assert Publication.objects.count() == 0
    PublicationFactory(slug="un")
    deleted = PublicationRevision.objects.about(row).get(gesture="deleted")
    assert f'<a href="{reverse("publication-revision", args=[deleted.pk])}">La rétablir</a>' in answer.text
    manager.post(reverse("publication-restore", args=[deleted.pk]), {"version": "apres"})
    back = Publication.objects.get(uid=row.uid)
    assert (back.slug, back.is_published, names(back, "signatory")) == ("un-2", False, [("CRESS", False)])
    assert [str(one) for one in back.results.get().figures.all()] == ["Oui : 62.000"]
    assert list(back.former_slugs.order_by("slug").values_list("slug", flat=True)) == ["un", "zero"]
    publish(back, back.version, team_member(Role.MANAGER))
    assert client.get("/prises-de-position/zero/")["Location"] == "/prises-de-position/un-2/"


def test_the_history_shows_what_changed_and_brings_a_text_back(editor) -> None:
    row = PublicationFactory(
        kind="survey", body="<p>Le premier texte.</p>", results=[{"title": "Q", "figures": [["Oui", "62"]]}]
    )
    write(editor, edit(row), body="<p>Le second texte.</p>", **{"resultats-0-figures": "Oui : 61"})
    (revision,) = PublicationRevision.objects.about(row)
    entry = editor.get(reverse("publication-revision", args=[revision.pk])).context["entry"]
    assert [change.label for change in entry.changes] == ["Texte", "Résultats"]
    assert "61" in entry.changes[1].marks
    listed = editor.get(reverse("publication-history") + f"?fiche={row.pk}").context["entries"]
    assert [one.fields for one in listed] == [["texte", "résultats"]]
    editor.post(reverse("publication-restore", args=[revision.pk]), {"version": "avant"})
    row.refresh_from_db()
    assert (row.body, row.version) == ("<p>Le premier texte.</p>", 3)
    assert [str(one) for one in row.results.get().figures.all()] == ["Oui : 62.000"]
    assert gestures(row) == ["written", "restored"]


def test_the_preview_shows_what_is_being_written(editor) -> None:
    row = PublicationFactory(title="En ligne", published=True)
    write(editor, edit(row), title="Le brouillon")
    answer = editor.get(reverse("publication-preview", args=[row.pk]))
    assert answer.context["position"].title == "Le brouillon"
    assert "Le public ne voit que le texte publié." in answer.content.decode()


def test_nothing_changes_where_nothing_differs(manager) -> None:
    row = PublicationFactory(published=True)
    write(manager, edit(row))
    row.refresh_from_db()
    do(manager, "publish", row)
    assert gestures(row) == []
    assert Publication.objects.written().get().is_ahead is False
