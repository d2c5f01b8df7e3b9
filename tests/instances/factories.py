"""Bodies for the tests: a mandate makes its seat, a seat its body."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from instances.models import Attendance, Document, FormerFile, Instance, Mandate, Meeting, Revision, Seat, Subject
from tests.people.factories import PersonFactory


class InstanceFactory(DjangoModelFactory):
    class Meta:
        model = Instance
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Comité {n:03}")
    slug = factory.Sequence(lambda n: f"comite-{n:03}")
    level = Instance.Level.REGIONAL
    kind = Instance.Kind.STEERING

    @factory.post_generation
    def organised_by(self, create, extracted, **kwargs):
        links = Instance.organisers.through.objects
        links.bulk_create(links.model(instance=self, organisation=one) for one in extracted or ())


class SeatFactory(DjangoModelFactory):
    class Meta:
        model = Seat

    instance = factory.SubFactory(InstanceFactory)
    label = factory.Sequence(lambda n: f"Siège {n}")


class MandateFactory(DjangoModelFactory):
    class Meta:
        model = Mandate

    seat = factory.SubFactory(SeatFactory)
    person = factory.SubFactory(PersonFactory)
    starts_on = dt.date(2024, 1, 1)


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting

    instance = factory.SubFactory(InstanceFactory)
    held_on = dt.date(2026, 12, 10)


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = Attendance

    mandate = factory.SubFactory(MandateFactory)
    state = Attendance.State.PRESENT


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = Document

    instance = factory.SubFactory(InstanceFactory)
    title = factory.Sequence(lambda n: f"Document {n}")
    file = factory.django.FileField(filename="piece.pdf", data=b"%PDF-1.7")


class FormerFileFactory(DjangoModelFactory):
    class Meta:
        model = FormerFile

    document = factory.SubFactory(DocumentFactory)
    file = factory.django.FileField(filename="ancienne.pdf", data=b"%PDF-1.7")
    added_at = factory.LazyAttribute(lambda former: former.document.added_at)


class SubjectFactory(DjangoModelFactory):
    class Meta:
        model = Subject

    instance = factory.SubFactory(InstanceFactory)


class BodyRevisionFactory(DjangoModelFactory):
    class Meta:
        model = Revision

    instance = factory.SubFactory(InstanceFactory)
    gesture = Revision.Gesture.CORRECTED
    title = "Ana Roy, siège «\u00a0CRESS\u00a0»"
    changes = [["Début", "3 mars 2024", "4 mars 2024"], ["Note interne", "", ""]]
