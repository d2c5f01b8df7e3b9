"""What is said of a draft: the verbs, what they refuse, and what becomes of comments with their edition."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from rules import test_rule as allows
from zeal import zeal_ignore

from people.models import Role, User
from publishing.versions import StaleVersionError
from roadmaps.commenting import OVER, TOO_LATE, TooLateError, answer, close, comment, reopen, withdraw
from roadmaps.editions import EditionClosedError, discard, open_draft, publish
from roadmaps.models import Comment, Edition
from tests.people.factories import UserFactory, member, team_member
from tests.roadmaps.factories import ActionFactory, CommentFactory, EditionFactory, RoadmapFactory
from tests.roadmaps.test_rights import people
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db
Gesture = Callable[[Comment], object]


@pytest.fixture
def edition() -> Edition:
    return EditionFactory()


@pytest.fixture
def said(edition: Edition) -> Comment:
    return CommentFactory(edition=edition)


@pytest.fixture
def staff() -> User:
    return team_member(Role.EDITOR)


@zeal_ignore()
def stored(said: Comment) -> Comment:
    return Comment.objects.get(pk=said.pk)


def test_a_comment_says_who_of_what_and_does_not_modify_the_draft(edition: Edition, staff: User) -> None:
    action = ActionFactory(objective__edition=edition, code="A1", title="Ouvrir un lieu")
    said = stored(comment(edition, staff, "Quel loyer ?", kind="action", uid=action.uid, title=str(action)))
    assert (said.author, said.text, said.subject, said.title) == (
        staff, "Quel loyer ?", f"action-{action.uid}", "A1 Ouvrir un lieu",
    )  # fmt: skip
    assert not said.is_closed
    assert Edition.objects.get(pk=edition.pk).modified_at == edition.modified_at


@pytest.mark.parametrize("text", ["", "a" * 5_001])
def test_a_comment_says_something_that_one_reads(edition: Edition, staff: User, text: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        comment(edition, staff, text, kind="document")
    assert list(refusal.value.message_dict) == ["text"]
    assert Comment.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"kind": "document", "uid": "a2b3c4d5"},
        {"kind": "action", "uid": ""},
        {"answer": "Oui."},
        {"closed_at": F("written_at"), "reopened_at": F("written_at")},
    ],
)
def test_the_database_keeps_what_holds_no_sense_out(said: Comment, wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=said.pk).update(**wrong)


def test_an_answer_may_close_and_what_is_closed_reopens(said: Comment, staff: User) -> None:
    answer(said, staff, "Neuf ans.", 1)
    first = stored(said)
    assert (first.answer, first.answered_by, first.is_closed) == ("Neuf ans.", staff, False)
    answer(first, staff, "Neuf ans, révisables.", first.version, is_closing=True)
    second = stored(said)
    assert (second.answer, second.closed_by, second.is_closed) == ("Neuf ans, révisables.", staff, True)
    reopen(second, said.author)
    third = stored(said)
    assert (third.is_closed, third.closed_by, third.reopened_by) == (False, None, said.author)
    close(third, staff)
    fourth = stored(said)
    assert (fourth.is_closed, fourth.reopened_by, fourth.reopened_at) == (True, None, None)


def test_two_answers_never_erase_each_other(said: Comment, staff: User) -> None:
    answer(said, staff, "Oui.", 1)
    with pytest.raises(StaleVersionError):
        answer(said, team_member(), "Non.", 1)
    assert stored(said).answer == "Oui."


def test_to_close_or_reopen_twice_changes_nothing(said: Comment, staff: User) -> None:
    reopen(said, staff)
    assert stored(said).reopened_at is None
    close(said, staff)
    closed = stored(said)
    close(said, team_member())
    assert (stored(said).closed_by, stored(said).version) == (staff, closed.version)


def test_a_closed_comment_is_reopened_before_it_is_answered(said: Comment, staff: User) -> None:
    close(said, staff)
    said = stored(said)
    with pytest.raises(StaleVersionError):
        answer(said, staff, "Trop tard", said.version)
    assert stored(said).answer == ""


def test_one_withdraws_what_nobody_has_answered(said: Comment, staff: User) -> None:
    answered, settled = CommentFactory(edition=said.edition), CommentFactory(edition=said.edition, closed=True)
    answer(answered, staff, "Oui.", 1)
    withdraw(said)
    for late in (answered, settled):
        with pytest.raises(TooLateError, match=TOO_LATE):
            withdraw(late)
    assert list(Comment.objects.order_by("pk")) == [answered, settled]


@pytest.mark.parametrize(
    "gesture",
    [
        lambda said: comment(said.edition, said.author, "Trop tard ?", kind="document"),
        lambda said: answer(said, said.author, "Oui.", 1),
        lambda said: close(said, said.author),
        lambda said: reopen(said, said.author),
        withdraw,
    ],
)
def test_a_published_edition_keeps_its_comments_and_takes_no_more(said: Comment, gesture: Gesture) -> None:
    publish(said.edition, None)
    with pytest.raises(EditionClosedError) as refusal:
        gesture(said)
    assert str(refusal.value) == OVER
    assert [(one.pk, one.version) for one in Comment.objects.all()] == [(said.pk, 1)]
    assert open_draft(said.edition.roadmap).comments.count() == 0


def test_a_discarded_draft_takes_its_comments_away(said: Comment) -> None:
    kept = CommentFactory()
    discard(said.edition)
    assert list(Comment.objects.all()) == [kept]


def test_what_is_said_stays_when_the_account_is_gone(said: Comment) -> None:
    said.author.delete()
    assert str(stored(said)) == "Compte supprimé, à propos de tout le document"


# fmt: off
LAW = {  # who: of which of the three comments he reads, on which edition he comments, whether he answers
    "nobody":                       ([False, False, False], [False, False, False], False),
    "user without membership":      ([False, False, False], [False, False, False], False),
    "superuser without membership": ([False, False, False], [False, False, False], False),
    "inactive manager":             ([False, False, False], [False, False, False], False),
    "reader of A":                  ([True, True, False],   [False, False, False], False),
    "contributor of A":             ([True, True, False],   [True, True, False],   False),
    "contributor of B":             ([False, True, True],   [False, True, True],   False),
    "CRESS reader":                 ([True, True, True],    [False, False, False], False),
    "CRESS editor":                 ([True, True, True],    [True, True, True],    True),
    "CRESS manager":                ([True, True, True],    [True, True, True],    True),
}
# fmt: on


@pytest.mark.parametrize("who", LAW)
def test_the_two_faces_of_the_law_of_comments_agree(who: str) -> None:
    """A comment on a published edition of A, on a draft of B that A carries too, on a draft of B alone."""
    a, b = CollectiviteFactory(slug="a"), CollectiviteFactory(slug="b")
    roadmaps = [
        RoadmapFactory(collectivite=a),
        RoadmapFactory(collectivite=b, co_carriers=[a]),
        RoadmapFactory(collectivite=b),
    ]
    comments = [
        CommentFactory(edition__roadmap=roadmap, edition__published=roadmap == roadmaps[0]) for roadmap in roadmaps
    ]
    user, (reads, says, answers) = people()[who], LAW[who]
    visible = set(Comment.objects.visible_to(user))
    loaded = [one.roadmap for one in Edition.objects.with_carriers().order_by("pk")]
    assert [one in visible for one in comments] == reads
    assert [allows("roadmaps.read_comments", user, roadmap) for roadmap in loaded] == reads
    assert [allows("roadmaps.comment", user, roadmap) for roadmap in loaded] == says
    assert allows("roadmaps.handle_comments", user, comments[0]) == answers


def test_ones_own_comment_is_ones_own_as_long_as_one_may_comment(edition: Edition, staff: User) -> None:
    home = edition.roadmap.collectivite
    author, other, reader = member(home, Role.CONTRIBUTOR), member(home, Role.CONTRIBUTOR), member(home, Role.READER)
    by_author, by_reader = (
        CommentFactory(edition=edition, author=author),
        CommentFactory(edition=edition, author=reader),
    )
    asked = [
        (author, by_author),
        (other, by_author),
        (reader, by_reader),
        (staff, by_author),
        (UserFactory(), by_author),
    ]
    with zeal_ignore():  # each of them asks for himself
        assert [allows("roadmaps.withdraw_comment", *one) for one in asked] == [True, False, False, False, False]
        assert [allows("roadmaps.reopen_comment", *one) for one in asked] == [True, False, False, True, False]


def test_a_contributor_of_the_team_comments_and_does_not_answer(said: Comment) -> None:
    user = team_member(Role.CONTRIBUTOR)
    acts = {"read_comments": said.edition.roadmap, "comment": said.edition.roadmap, "handle_comments": said}
    assert [allows(f"roadmaps.{act}", user, about) for act, about in acts.items()] == [True, True, False]
