"""The world in which every address is tried: two collectivités, A and B, and someone of each role.

A carries two roadmaps: one is published, and its next edition is in preparation; the other was never published.
"""

import io
from dataclasses import dataclass

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import signing
from django.core.files.base import ContentFile
from django.utils import timezone

from alerts.models import Alert, Request
from alerts.subscribing import CONFIRM, END, MINE
from alerts.subscribing import token_of as alert_token
from editorial.models import ContactMessage, Page, PageRevision, Publication, PublicationRevision
from editorial.views.contact import RECEIPT
from instances.digests import token_of
from instances.models import Document as InstanceDocument
from instances.models import FormerFile, Instance, Mandate, Meeting, Seat, Subject
from people.invitations import fingerprint
from people.models import Invitation, Membership, Organisation, Role, TeamMember, User
from roadmaps.listing import list_all
from roadmaps.models import (
    Action,
    Annex,
    Comment,
    Edition,
    Lever,
    Milestone,
    ModelAction,
    ProgressReport,
    Revision,
    Roadmap,
    Theme,
)
from territories.logos import keep_logo, redrawn
from territories.models import Collectivite
from tests.alerts.factories import AlertFactory, RequestFactory
from tests.editorial.factories import (
    ContactMessageFactory,
    PageFactory,
    PageRevisionFactory,
    PublicationFactory,
    PublicationRevisionFactory,
)
from tests.instances.factories import (
    BodyRevisionFactory,
    DocumentFactory,
    FormerFileFactory,
    InstanceFactory,
    MandateFactory,
    MeetingFactory,
    SubjectFactory,
)
from tests.people.factories import InvitationFactory, OrganisationFactory, TeamMemberFactory, member, team_member
from tests.roadmaps.factories import (
    ActionFactory,
    AnnexFactory,
    CommentFactory,
    EditionFactory,
    MilestoneFactory,
    ModelActionFactory,
    ProgressReportFactory,
    RevisionFactory,
    RoadmapFactory,
)
from tests.territories.factories import CollectiviteFactory
from tests.territories.pictures import picture

ROLES = ("anonymous", "reader of A", "contributor of A", "contributor of B", "CRESS editor", "CRESS manager")


@dataclass
class Document:
    """One edition, and one thing of each kind in it."""

    edition: Edition
    action: Action
    annex: Annex
    milestone: Milestone
    revision: Revision
    report: ProgressReport
    comment: Comment
    part: str = "objectifs"
    leaf: str = "actions"

    @property
    def slug(self) -> str:
        return self.edition.roadmap.slug

    @property
    def edition_name(self) -> str:
        return f"{self.slug}.{self.edition.number}"


@dataclass
class Body:
    """A body, and one thing of each kind in it."""

    instance: Instance
    mandate: Mandate
    meeting: Meeting
    document: InstanceDocument
    subject: Subject
    former_file: FormerFile
    file_format: str = "csv"

    @property
    def roadmap(self) -> Roadmap:
        return self.instance.roadmaps.get()

    @property
    def seat(self) -> Seat:
        return self.mandate.seat


@dataclass
class World:
    """What the rows of the table point at, by attribute."""

    a: Collectivite
    users: dict[str, User | None]
    published: Document
    next: Document
    hidden: Document
    invitation: Invitation
    organisation: Organisation
    model: ModelAction
    page: Page
    draft_page: Page
    page_revision: PageRevision
    position: Publication
    draft_position: Publication
    position_revision: PublicationRevision
    body: Body
    closed: Body
    team_member: TeamMember
    message: ContactMessage
    alert: Alert
    alert_request: Request
    theme: Theme
    lever: Lever
    token: str = "le-jeton-du-courriel"
    alert_kind: str = "actions"
    which_file: str = "document"
    dataset: str = "actions"
    unknown_address: str = "v2/actions"

    @property
    def reader(self) -> User:
        return self.users["reader of A"]

    @property
    def receipt(self) -> str:
        return signing.dumps(self.message.pk, salt=RECEIPT)

    @property
    def logo_name(self) -> str:
        return self.a.logo.name.removeprefix("logos/").removesuffix(".png")

    @property
    def digest_token(self) -> str:
        return token_of(self.users["CRESS editor"])

    @property
    def token_to_confirm(self) -> str:
        return alert_token(CONFIRM, self.alert_request)

    @property
    def token_to_end(self) -> str:
        return alert_token(END, self.alert)

    @property
    def token_of_mine(self) -> str:
        return alert_token(MINE, self.alert.subscriber)

    @property
    def membership(self) -> Membership:
        return self.reader.memberships.get()


def build_world() -> World:
    a, b = CollectiviteFactory(), CollectiviteFactory()
    keep_logo(a, redrawn(io.BytesIO(picture())))
    people = (
        None,
        member(a, Role.READER),
        member(a, Role.CONTRIBUTOR),
        member(b, Role.CONTRIBUTOR),
        with_recovery_codes(team_member(Role.EDITOR)),
        with_recovery_codes(team_member(Role.MANAGER)),
    )
    page = PageFactory(published=True, body="<h3>Un</h3><p>1</p><h3>Deux</h3><p>2</p><h3>Trois</h3><p>3</p>")
    shown, hidden = RoadmapFactory(collectivite=a), RoadmapFactory(collectivite=a)
    file = ContentFile(b"%PDF-1.7", "piece.pdf")
    position = PublicationFactory(
        recipients=["La Région"],
        file=file,
        answer_file=file,
        results=[{"figures": [["Oui", "62"]]}],
        supports=[(shown, "")],
        published=True,
    )
    world = World(
        a=a,
        users=dict(zip(ROLES, people, strict=True)),
        published=document(shown, people[2], number=1, published=True),
        next=document(shown, people[2], number=2),
        hidden=document(hidden, people[2], number=1),
        invitation=InvitationFactory(
            invited_by=people[-1], sent_at=timezone.now(), token_hash=fingerprint(World.token)
        ),
        organisation=OrganisationFactory(),
        model=ModelActionFactory(),
        page=page,
        draft_page=PageFactory(parent=page),
        page_revision=PageRevisionFactory(uid=page.uid),
        position=position,
        draft_position=PublicationFactory(),
        position_revision=PublicationRevisionFactory(row=position),
        body=body(shown, is_public=True),
        closed=body(shown, is_public=False),
        team_member=TeamMemberFactory(),
        message=ContactMessageFactory(),
        alert=AlertFactory(),
        alert_request=RequestFactory(),
        theme=Theme.objects.create(code="theme-du-monde", label="Thématique du monde", position=99),
        lever=Lever.objects.create(code="levier-du-monde", label="Levier du monde", position=99),
    )
    list_all()
    return world


def body(roadmap: Roadmap, **fields: object) -> Body:
    """Enter a body where somebody sits, with a meeting and a document."""
    instance = InstanceFactory(**fields)
    instance.roadmaps.add(roadmap)
    BodyRevisionFactory(instance=instance)
    joined = DocumentFactory(instance=instance, is_public=True)
    return Body(
        instance=instance,
        mandate=MandateFactory(seat__instance=instance),
        meeting=MeetingFactory(instance=instance),
        document=joined,
        former_file=FormerFileFactory(document=joined),
        subject=SubjectFactory(instance=instance, roadmap=roadmap, uid="abcd2345"),
    )


def document(roadmap: Roadmap, commentator: User, **fields: object) -> Document:
    """Write an edition with a file wherever one may be, and a comment on its action."""
    file = ContentFile(b"%PDF-1.7", "piece.pdf")
    edition = EditionFactory(roadmap=roadmap, deliberation=file, **fields)
    action = ActionFactory(objective__edition=edition)
    return Document(
        edition=edition,
        action=action,
        annex=AnnexFactory(edition=edition, file=file),
        milestone=MilestoneFactory(roadmap=roadmap, document=file),
        revision=RevisionFactory(roadmap=roadmap, edition=edition),
        report=ProgressReportFactory(action=action),
        comment=CommentFactory(about=action, author=commentator),
    )


def with_recovery_codes(user: User) -> User:
    """Give the codes that the pages of the second factor show."""
    RecoveryCodes.activate(user)
    return user
