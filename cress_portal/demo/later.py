"""What an edition could not know when it was published: kept back, and given to the edition that follows.

The demonstration files tell each fact once, where it belongs; a step done in 2025 must not show as done in an
edition of 2024.
"""

import datetime as dt
from typing import Any

from roadmaps.models import Edition, Funding, Indicator, Measure, Step


class Later:
    """The facts of an edition that are later than its publication."""

    def __init__(self, edition: Edition, published_on: dt.date) -> None:
        """Take them out of the edition, which is still in preparation."""
        steps = Step.objects.filter(edition=edition, done_on__isnull=False)
        self.steps = {step.uid: step.done_on for step in steps if is_after(step.done_on, published_on)}
        steps.filter(uid__in=self.steps).update(done_on=None)
        measures = Measure.objects.filter(edition=edition, measured_on__isnull=False).select_related("indicator")
        self.measures = [measure for measure in measures if is_after(measure.measured_on, published_on)]
        measures.filter(uid__in=[measure.uid for measure in self.measures]).delete()
        spent = Funding.objects.filter(edition=edition, year__gt=published_on.year).exclude(
            status=Funding.Status.PLANNED
        )
        self.fundings = dict(spent.values_list("uid", "status"))
        spent.update(status=Funding.Status.PLANNED)

    def give_to(self, edition: Edition) -> None:
        """Tell them in the edition that follows, where the rows are still there."""
        for step in Step.objects.filter(edition=edition, uid__in=self.steps):
            Step.objects.filter(pk=step.pk).update(done_on=self.steps[step.uid])
        for funding in Funding.objects.filter(edition=edition, uid__in=self.fundings):
            Funding.objects.filter(pk=funding.pk).update(status=self.fundings[funding.uid])
        indicators = {indicator.uid: indicator for indicator in Indicator.objects.filter(edition=edition)}
        for measure in self.measures:
            measure.pk, measure.edition, measure.indicator = None, edition, indicators[measure.indicator.uid]
        Measure.objects.bulk_create(self.measures)


def is_after(date: Any, day: dt.date) -> bool:
    """Say whether a partial date may be later than a day: a year is, until it is over."""
    return date.last_day > day
