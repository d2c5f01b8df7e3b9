"""The page where a draft is read and commented on, and the sheets where comments are answered."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from lxml import html
from zeal import zeal_ignore

from people.models import Role, User
from roadmaps.commenting import OVER, answer, comment
from roadmaps.editions import open_draft, publish
from roadmaps.forms.comments import GONE
from roadmaps.models import Action, Comment, Edition, Section
from roadmaps.views.commenting import ANSWERED, WITHDRAWN
from tests.html_client import ReadingClient
from tests.people.factories import member, team_member
from tests.roadmaps.factories import ActionFactory, CommentFactory, EditionFactory, ObjectiveFactory, SectionFactory
from tests.roadmaps.whole import whole_edition
from tests.roadmaps.writing.hands import complaints

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], ReadingClient]


@pytest.fixture
def edition() -> Edition:
    return whole_edition()


@pytest.fixture
def action(edition: Edition) -> Action:
    return Action.objects.select_related("objective").get(edition=edition)


@pytest.fixture
def agent(edition: Edition) -> User:
    return member(edition.roadmap.collectivite, Role.CONTRIBUTOR)


@pytest.fixture
def their(client_for: SignIn, agent: User) -> ReadingClient:
    """The browser of the agent."""
    return client_for(agent)


@pytest.fixture
def ours(client_for: SignIn) -> ReadingClient:
    """The browser of a writer of the CRESS."""
    return client_for(team_member(Role.EDITOR))


@pytest.fixture
def address(edition: Edition) -> str:
    return reverse("roadmap-consultation", args=[edition.roadmap.slug])


def shown(response: object, path: str) -> list[str]:
    """Give the texts of what a path finds on a page."""
    found = html.fromstring(response.content.decode()).xpath(path)
    texts = [one if isinstance(one, str) else one.text_content() for one in found]
    return [re.sub(r"[ \n]+", " ", text).strip() for text in texts]


def comments_under(response: object, subject: str) -> list[str]:
    return shown(response, f"//*[@id='discussion-{subject}']//*[@class='remark-text']")


def test_a_line_break_counts_for_one_sign_as_in_the_browser(their: ReadingClient, address: str) -> None:
    sent = {"sujet": "document", "text": "a\r\n" * 2500, "retour": address}
    assert their.post(address, sent).status_code == 302
    assert Comment.objects.get().text == ("a\n" * 2500).strip()


def said_by(response: object) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_each_part_of_the_draft_is_commented_where_it_is_read(
    edition: Edition, action: Action, agent: User, their: ReadingClient, address: str
) -> None:
    section = Section.objects.get(edition=edition)
    subjects = ["document", f"section-{section.uid}", f"objective-{action.objective.uid}", f"action-{action.uid}"]
    for subject in subjects:
        sent = {"sujet": subject, "text": f"À propos de {subject}.", "retour": f"{address}?edition=1"}
        answered = their.post(f"{address}?edition=1", sent, follow=True)
        ((place, _),) = answered.redirect_chain
        assert shown(answered, f"//*[@id='{place.partition('#')[2]}']//*[@class='remark-text']") == [sent["text"]]
        assert said_by(answered) == ["Votre commentaire est envoyé à la CRESS."]
    assert [
        (one.subject, one.author, one.edition)
        for one in Comment.objects.order_by("pk").select_related("author", "edition")
    ] == [(subject, agent, edition) for subject in subjects]
    page = their.get(address)
    assert [comments_under(page, subject) for subject in subjects] == [[f"À propos de {one}."] for one in subjects]
    assert shown(page, "//p[@class='lead']") == ["4 commentaires, 4 à traiter"]
    places = shown(page, "//*[starts-with(@id, 'commentaire-')]/@id")
    links = shown(page, "//section[@class='remark-summary']//li/span/a/@href")
    assert links == [f"#{place}" for place in places]
    sections = shown(page, f"//section[@id='section-{section.uid}']//*[@class='discussion']/@id")
    assert sections == [f"discussion-section-{section.uid}"]


def test_the_summary_keeps_what_is_to_be_handled(edition: Edition, their: ReadingClient, address: str) -> None:
    settled, waiting = CommentFactory(edition=edition, closed=True), CommentFactory(edition=edition)
    assert comments_under(their.get(address), "document") == [settled.text, waiting.text]
    page = their.get(address, {"voir": "a-traiter"})
    assert comments_under(page, "document") == [waiting.text]
    assert shown(page, "//section[@class='remark-summary']//a[@aria-current]") == ["À traiter (1)"]
    backs = set(shown(page, "//*[@id='discussion-document']//input[@name='retour']/@value"))
    assert backs == {f"{address}?edition=1&voir=a-traiter"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Ce champ est obligatoire."),
        ("b" * 5_001, "Assurez-vous que cette valeur comporte au plus 5000 caractères (actuellement 5001)."),
    ],
)
def test_what_is_refused_stays_where_it_was_typed(
    action: Action, their: ReadingClient, address: str, text: str, said: str
) -> None:
    page = their.post(address, {"sujet": f"action-{action.uid}", "text": text})
    place = f"//*[@id='discussion-action-{action.uid}']"
    assert page.status_code == 422
    assert complaints(page) == [f"Votre commentaire : {said}"]
    assert shown(page, "//*[@class='error-summary']//a/@href") == [f"#id_discussion-action-{action.uid}_text"]
    assert shown(page, f"{place}/details[@open]//textarea") == [text]
    assert Comment.objects.count() == 0


def test_what_is_said_of_a_sheet_just_deleted_is_offered_to_the_whole(
    action: Action, their: ReadingClient, address: str
) -> None:
    action.delete()
    page = their.post(address, {"sujet": f"action-{action.uid}", "text": "Quel loyer ?"})
    assert (page.status_code, complaints(page)) == (422, [f"Votre commentaire : {GONE}"])
    assert shown(page, "//*[@id='discussion-document']/details[@open]//textarea") == ["Quel loyer ?"]


def test_what_is_typed_while_the_edition_is_published_is_given_back(
    edition: Edition, their: ReadingClient, address: str
) -> None:
    publish(edition, None)
    page = their.post(f"{address}?edition=1", {"sujet": "document", "text": "Quel loyer ?"})
    assert (page.status_code, complaints(page)) == (409, [f"Votre commentaire : {OVER}"])
    assert shown(page, "//details[@open]//textarea") == ["Quel loyer ?"]
    assert Comment.objects.count() == 0


def test_comments_follow_a_row_that_moves_and_outlive_it(
    edition: Edition, action: Action, agent: User, their: ReadingClient, address: str
) -> None:
    comment(edition, agent, "Quel loyer ?", kind="action", uid=action.uid, title=str(action))
    elsewhere = ObjectiveFactory(edition=edition)
    Action.objects.filter(pk=action.pk).update(objective=elsewhere)
    moved = their.get(address)
    assert shown(moved, f"//section[@id='objectif-{elsewhere.uid}']//*[@class='remark-text']") == ["Quel loyer ?"]
    action.delete()
    page = their.get(address)
    assert shown(page, "//section[@class='remark-summary']/h3") == [f"À propos d’une fiche supprimée : « {action} »"]
    assert comments_under(page, f"action-{action.uid}") == ["Quel loyer ?"]
    assert shown(page, f"//*[@id='discussion-action-{action.uid}']/details") == []


def test_the_cress_answers_closes_and_the_author_reopens(
    edition: Edition, agent: User, their: ReadingClient, ours: ReadingClient, address: str
) -> None:
    said = CommentFactory(edition=edition, author=agent)
    here = f"{address}{said.pk}/"
    answered = ours.post(f"{here}repondre/", {"text": "Sur neuf ans.", "version_lue": "1"}, follow=True)
    assert answered.redirect_chain == [(f"{address}?edition=1#commentaire-{said.pk}", 302)]
    assert said_by(answered) == ["La réponse est enregistrée."]
    assert comments_under(their.get(address), "document") == [said.text, "Sur neuf ans."]
    closed = ours.post(f"{here}clore/", {"retour": f"{address}?edition=1&voir=a-traiter"})
    assert closed["Location"] == f"{address}?edition=1&voir=a-traiter#discussion-document"
    assert shown(their.get(address), "//*[@class='remark is-closed']//button") == [f"Rouvrir le commentaire de {agent}"]
    their.post(f"{here}rouvrir/")
    said.refresh_from_db()
    assert (said.is_closed, said.reopened_by) == (False, agent)
    assert "Rouvert" in shown(ours.get(address), "//*[@class='remark-who']")[0]
    late = their.post(f"{here}retirer/", follow=True)
    assert said_by(late)[-1:] == ["Ce commentaire a reçu une réponse, ou il est clos : il ne se retire plus."]


def test_an_answer_given_at_the_same_time_is_shown_and_nothing_is_lost(
    edition: Edition, ours: ReadingClient, address: str
) -> None:
    said = CommentFactory(edition=edition)
    answer(said, team_member(Role.EDITOR), "Neuf ans.", 1)
    page = ours.post(f"{address}{said.pk}/repondre/", {"text": "Six ans.", "version_lue": "1", "clore": "1"})
    place = f"//*[@id='commentaire-{said.pk}']"
    assert (page.status_code, complaints(page)) == (409, [f"Votre réponse : {ANSWERED}"])
    assert shown(page, f"{place}//*[@class='remark-answer']/*[@class='remark-text']") == ["Neuf ans."]
    assert shown(page, f"{place}//details[@open]//textarea") == ["Six ans."]
    assert shown(page, f"{place}//input[@name='version_lue']/@value") == ["2"]
    said.refresh_from_db()
    assert (said.answer, said.is_closed) == ("Neuf ans.", False)


def test_an_answer_to_what_was_withdrawn_meanwhile_is_given_back(
    edition: Edition, their: ReadingClient, ours: ReadingClient, address: str
) -> None:
    said = CommentFactory(edition=edition)
    here = f"{address}{said.pk}/repondre/"
    said.delete()
    page = ours.post(here, {"text": "Sur neuf ans.", "version_lue": "1"})
    assert (page.status_code, complaints(page)) == (409, [f"Votre réponse : {WITHDRAWN}"])
    assert shown(page, "//*[@id='discussion-document']/details[@open]//textarea") == ["Sur neuf ans."]
    assert ours.post(here, {"text": ""}).status_code == 404
    assert their.post(here, {"text": "Sur neuf ans."}).status_code == 403


def test_one_withdraws_ones_own_comment(edition: Edition, agent: User, their: ReadingClient, address: str) -> None:
    mine, other = CommentFactory(edition=edition, author=agent), CommentFactory(edition=edition)
    page = their.get(address)
    assert shown(page, "//form[contains(@action, '/retirer/')]/@action") == [f"{address}{mine.pk}/retirer/"]
    withdrawn = their.post(f"{address}{mine.pk}/retirer/", follow=True)
    assert withdrawn.redirect_chain == [(f"{address}?edition=1#discussion-document", 302)]
    assert said_by(withdrawn) == ["Votre commentaire est retiré."]
    assert list(Comment.objects.all()) == [other]


def test_a_published_edition_shows_its_comments_to_the_same_people_and_takes_no_more(
    edition: Edition, their: ReadingClient, ours: ReadingClient, address: str
) -> None:
    said = CommentFactory(edition=edition)
    publish(edition, None)
    open_draft(edition.roadmap)
    assert shown(their.get(address), "//section[@class='remark-summary']/p/a/@href") == [f"{address}?edition=1"]
    for browser in (their, ours):
        page = browser.get(address, {"edition": "1"})
        assert comments_under(page, "document") == [said.text]
        assert shown(page, "//*[@class='discussion']//form") == []
    for gesture in ("clore", "rouvrir"):
        assert said_by(ours.post(f"{address}{said.pk}/{gesture}/", follow=True)) == [OVER]


def test_a_reader_reads_the_comments_and_writes_none(edition: Edition, client_for: SignIn, address: str) -> None:
    said = CommentFactory(edition=edition)
    elue = client_for(member(edition.roadmap.collectivite, Role.READER))
    page = elue.get(address)
    assert comments_under(page, "document") == [said.text]
    assert shown(page, "//*[@class='discussion']//form") == []
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


@pytest.mark.parametrize("published", [False, True])
def test_nobody_else_sees_a_comment_anywhere(client: ReadingClient, client_for: SignIn, *, published: bool) -> None:
    edition = EditionFactory()
    action = ActionFactory(objective__edition=edition)
    section = SectionFactory(edition=edition)
    for about in (None, section, action.objective, action):
        CommentFactory(edition=edition, about=about, text="Entre nous.")
    if published:
        publish(edition, None)
    slug = edition.roadmap.slug
    pages = [
        edition.get_absolute_url(),
        reverse("edition-action", args=[slug, 1, action.uid]),
        reverse("edition-objective", args=[slug, 1, action.objective.uid]),
        reverse("edition-list", args=[slug]),
    ]
    stranger = client_for(member(EditionFactory().roadmap.collectivite, Role.CONTRIBUTOR))
    assert stranger.get(reverse("roadmap-consultation", args=[slug])).status_code == 404
    readers = [stranger, client] if published else [client_for(member(edition.roadmap.collectivite))]
    for reader in readers:
        answers = [reader.get(page) for page in pages]
        assert [(one.status_code, b"Entre nous" in one.content, b"discussion" in one.content) for one in answers] == [
            (200, False, False)
        ] * len(pages)


@pytest.mark.parametrize("number", ["7", "x", "-1", "9" * 30])
def test_an_edition_that_is_not_there_is_not_found(their: ReadingClient, address: str, number: str) -> None:
    assert their.get(address, {"edition": number}).status_code == 404


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_page_costs_the_same_for_forty_actions_and_comments_as_for_one(
    client_for: SignIn, django_assert_num_queries: Callable, count: int
) -> None:
    edition = whole_edition(count)
    agent = member(edition.roadmap.collectivite, Role.CONTRIBUTOR)
    with zeal_ignore():
        for action in Action.objects.filter(edition=edition).select_related("edition"):
            CommentFactory(about=action, author=agent)
            CommentFactory(about=action, closed=True)
    address = reverse("roadmap-consultation", args=[edition.roadmap.slug])
    for user, queries in ((agent, 12), (team_member(Role.EDITOR), 13)):
        browser = client_for(user)
        with django_assert_num_queries(queries):
            assert browser.get(address).status_code == 200


def test_any_text_is_shown_as_typed(their: ReadingClient, address: str) -> None:
    text = "<script>alert(1)</script> & « été » 🌻\nsuite"
    page = their.post(address, {"sujet": "document", "text": text}, follow=True)
    assert comments_under(page, "document") == [text.replace("\n", "")]


def test_a_draft_commented_on_meanwhile_is_not_discarded_unread(edition: Edition, client_for: SignIn) -> None:
    manager, address = client_for(team_member(Role.MANAGER)), reverse("edition-discard", args=[edition.roadmap.slug, 1])
    read = manager.get(address).context["version"]
    CommentFactory(edition=edition)
    page = manager.post(address, {"version": read})
    assert (page.status_code, page.context["is_stale"], page.context["losses"][-1]) == (409, True, "Commentaires : 1")
    manager.post(address, {"version": page.context["version"]})
    assert (Edition.objects.count(), Comment.objects.count()) == (0, 0)


def test_publishing_says_which_comments_will_stay_unanswered(
    edition: Edition, client_for: SignIn, address: str
) -> None:
    CommentFactory.create_batch(2, edition=edition)
    CommentFactory(edition=edition, closed=True)
    page = client_for(team_member(Role.MANAGER)).get(reverse("roadmap-publish", args=[edition.roadmap.slug, 1]))
    assert shown(page, f"//a[starts-with(@href, '{address}')]") == ["2 commentaires sont à traiter"]


# The sheets where the CRESS writes


@pytest.fixture
def base(edition: Edition) -> str:
    return reverse("edition-edit", args=[edition.roadmap.slug, 1])


def marks(response: object) -> list[str]:
    """Give the rows of the outline that have comments to handle, as they are read."""
    return shown(response, "//nav[@aria-label='Plan']//a[.//*[@class='plan-talk']]")


def test_the_outline_counts_the_comments_to_handle(
    edition: Edition, action: Action, ours: ReadingClient, base: str
) -> None:
    section = Section.objects.get(edition=edition)
    for about in (None, section, action.objective, action, action):
        CommentFactory(edition=edition, about=about)
    CommentFactory(about=action, closed=True)
    desk = ours.get(reverse("roadmap-edit", args=[edition.roadmap.slug]))
    assert marks(desk) == [
        "Période, niveaux, édito 1 commentaire",
        f"{section.title} 1 commentaire",
        "Obj 1 Amorcer 1 commentaire",
        f"{action} incomplet : sans résumé ni description, sans besoin désigné 2 commentaires",
    ]
    assert "Commentaires (5 à traiter)" in shown(desk, "//ul[@class='toolbar']//a")


def test_a_sheet_shows_the_comments_about_it_and_one_answers_from_there(
    edition: Edition, action: Action, ours: ReadingClient, base: str, address: str
) -> None:
    section = Section.objects.get(edition=edition)
    sheets = {
        base: CommentFactory(edition=edition),
        f"{base}sections/{section.uid}/": CommentFactory(about=section),
        f"{base}objectifs/{action.objective.uid}/": CommentFactory(about=action.objective),
        f"{base}actions/{action.uid}/": CommentFactory(about=action),
    }
    for sheet, said in sheets.items():
        page = ours.get(sheet)
        assert shown(page, "//section[@class='sheet-talk']//*[@class='remark-text']") == [said.text]
        assert shown(page, "//a[@href='#commentaires']") == ["1 commentaire à traiter"]
        (back,) = set(shown(page, "//section[@class='sheet-talk']//input[@name='retour']/@value"))
        sent = {"text": "C’est fait.", "version_lue": "1", "clore": "1", "retour": back}
        answered = ours.post(f"{address}{said.pk}/repondre/", sent, follow=True)
        assert answered.redirect_chain == [(f"{sheet}#discussion-{said.subject}", 302)]
        assert shown(answered, "//section[@class='sheet-talk']//*[@class='remark-answer']/div") == ["C’est fait."]
    assert ours.get(f"{base}chiffres-cles/{edition.keyfigure_set.get().uid}/").context["thread"] is None
    assert ours.get(f"{base}actions/ajouter/").context["thread"] is None


@pytest.mark.parametrize("count", [1, 3, 40])
def test_an_action_sheet_costs_fifteen_queries_whatever_is_said_of_it(
    ours: ReadingClient, count: int, django_assert_num_queries: Callable
) -> None:
    edition = whole_edition(60)
    action = Action.objects.filter(edition=edition).select_related("edition").first()
    CommentFactory.create_batch(count, about=action, closed=False)
    address = f"{reverse('edition-edit', args=[edition.roadmap.slug, 1])}actions/{action.uid}/"
    with django_assert_num_queries(15):
        page = ours.get(address)
    assert len(page.content) < 200_000
    more = {1: [], 3: [], 40: ["25 autres commentaires dans la consultation"]}[count]
    assert shown(page, "//section[@class='sheet-talk']//div/p/a") == more
