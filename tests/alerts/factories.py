"""Alerts, for the tests: of all the actions, unless told otherwise."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from alerts.models import Alert, Request, Subscriber, Wish

LAST_WEEK = dt.datetime(2026, 11, 17, 6, tzinfo=dt.UTC)


class SubscriberFactory(DjangoModelFactory):
    class Meta:
        model = Subscriber

    email = factory.Sequence(lambda n: f"abonne-{n}@exemple.test")


class WishFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    kind = Wish.Kind.ACTIONS
    title = factory.LazyAttribute(lambda wish: Wish.Kind(wish.kind).label)


class RequestFactory(WishFactory):
    class Meta:
        model = Request

    email = factory.Sequence(lambda n: f"curieuse-{n}@exemple.test")


class AlertFactory(WishFactory):
    class Meta:
        model = Alert

    subscriber = factory.SubFactory(SubscriberFactory)
    told_until = LAST_WEEK
