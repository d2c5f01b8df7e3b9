"""Policy pages for the tests; `PageFactory(published=True)` is online as it is written."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from editorial.models import ContactMessage, OnlineText, Page, PageRevision

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


class ContactMessageFactory(DjangoModelFactory):
    class Meta:
        model = ContactMessage

    subject = "Feuilles de route"
    name = "Camille Riou"
    email = "camille@exemple.test"
    text = "Bonjour, comment commencer ?"
    is_acknowledged = True
    is_forwarded = True
