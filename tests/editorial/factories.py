"""What the CRESS writes, for the tests; with `published=True` it is online as it is written."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory
from zeal import zeal_ignore

from editorial.models import ContactMessage, OnlineText, Page, PageRevision, Publication, PublicationRevision
from editorial.positions import whole
from editorial.states import PARTIES, state_of, take, write_parties, write_results, write_supports
from ui.partial_date import PartialDate

PUBLISHED_AT = datetime(2026, 1, 15, 9, tzinfo=UTC)


class PageFactory(DjangoModelFactory):
    class Meta:
        model = Page
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Page {n}")
    summary = "Ce que dit la page."
    body = "<p>Un texte.</p>"
    parent = None
    slug = factory.Sequence(lambda n: f"page-{n}")
    path = factory.LazyAttribute(lambda page: f"{page.parent.path}/{page.slug}" if page.parent else page.slug)
    position = factory.LazyAttribute(lambda page: Page.objects.filter(parent=page.parent).count())

    @factory.post_generation
    def published(self, create: bool, extracted: object, **kwargs: object) -> None:
        if create and extracted:
            OnlineTextFactory(page=self, title=self.title, summary=self.summary, body=self.body)


class OnlineTextFactory(DjangoModelFactory):
    class Meta:
        model = OnlineText

    published_at = PUBLISHED_AT


class PageRevisionFactory(DjangoModelFactory):
    class Meta:
        model = PageRevision

    uid = factory.LazyFunction(lambda: PageFactory().uid)
    gesture = PageRevision.Gesture.WRITTEN
    title = "Page"
    before = {"title": "Avant", "summary": "", "body": "<p>Un.</p>"}
    after = {"title": "Après", "summary": "", "body": "<p>Deux.</p>"}


class PublicationFactory(DjangoModelFactory):
    """A position; ``recipients``, ``signatories``, ``themes``, ``supports`` and ``results`` as its state says them."""

    class Meta:
        model = Publication
        skip_postgeneration_save = True

    kind = Publication.Kind.LETTER
    title = factory.Sequence(lambda n: f"Lettre {n}")
    slug = factory.Sequence(lambda n: f"lettre-{n}")
    summary = "Ce qu’elle demande."
    body = "<p>Un texte.</p>"
    dated_on = PartialDate(2025, 3)

    @classmethod
    def _create(cls, model_class, *args, published=False, **fields):
        said = {name: fields.pop(name, ()) for name in (*PARTIES, "themes", "supports", "results")}
        with zeal_ignore():  # a test makes forty of them
            row = super()._create(model_class, *args, **fields)
            for name, role in PARTIES.items():
                write_parties(row, role, said[name])
            row.themes.set(said["themes"])
            write_supports(row, said["supports"])
            write_results(row, [RESULT | one for one in said["results"]])
            if published:
                row.online = Publication(draft=row, published_at=PUBLISHED_AT)
                take(row.online, state_of(whole(row.pk)))
        return row


RESULT = {"title": "Le savez-vous ?", "unit": "%", "base": 111, "year": 2025, "source": "CRESS", "figures": []}


class PublicationRevisionFactory(DjangoModelFactory):
    class Meta:
        model = PublicationRevision

    class Params:
        row = factory.LazyFunction(PublicationFactory)

    uid = factory.SelfAttribute("row.uid")
    gesture = PublicationRevision.Gesture.WRITTEN
    title = "Lettre"
    before = factory.LazyAttribute(lambda revision: state_of(whole(revision.row.pk)) | {"title": "Avant"})
    after = factory.LazyAttribute(lambda revision: state_of(whole(revision.row.pk)) | {"title": "Après"})


class ContactMessageFactory(DjangoModelFactory):
    class Meta:
        model = ContactMessage

    subject = "Feuilles de route"
    name = "Camille Riou"
    email = "camille@exemple.test"
    text = "Bonjour, comment commencer ?"
    is_acknowledged = True
    is_forwarded = True
