"""Work done behind the page: at once in the demo, by a worker in production."""

from django_tasks import task


@task()
def print_published(edition_pk: int) -> None:
    """Print a published edition and keep its PDF; done already, it changes nothing."""
    from publishing.pdf import WAIT_SECONDS
    from roadmaps.models import Edition
    from roadmaps.printing import kept_printing

    kept_printing(Edition.objects.published().get(pk=edition_pk), WAIT_SECONDS)
