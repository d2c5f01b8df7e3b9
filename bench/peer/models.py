from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

PAGE_SIZE = 20


class Action(blocks.StructBlock):
    """The fields of a fiche action."""

    code = blocks.CharBlock()
    title = blocks.CharBlock()
    summary = blocks.TextBlock()
    description = blocks.RichTextBlock()
    horizon = blocks.CharBlock()
    status = blocks.ChoiceBlock(choices=[("en-cours", "En cours"), ("faite", "Faite")])
    budget = blocks.IntegerBlock()
    is_economic = blocks.BooleanBlock(required=False)
    themes = blocks.ListBlock(blocks.CharBlock())
    levers = blocks.ListBlock(blocks.CharBlock())
    families = blocks.ListBlock(blocks.CharBlock())
    goals = blocks.ListBlock(blocks.CharBlock())
    actors = blocks.ListBlock(blocks.StructBlock([("role", blocks.CharBlock()), ("name", blocks.CharBlock())]))
    steps = blocks.ListBlock(blocks.StructBlock([("due", blocks.CharBlock()), ("label", blocks.CharBlock())]))
    fundings = blocks.ListBlock(blocks.StructBlock([("funder", blocks.CharBlock()), ("amount", blocks.IntegerBlock())]))
    indicators = blocks.ListBlock(
        blocks.StructBlock(
            [("label", blocks.CharBlock()), ("year", blocks.IntegerBlock()), ("value", blocks.IntegerBlock())]
        )
    )

    class Meta:
        template = "peer/action_block.html"


class HomePage(Page):
    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        """List what is below, twenty at a time."""
        found = RoadmapPage.objects.live().child_of(self).order_by("-first_published_at")
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {"page_of_results": page}


class RoadmapPage(Page):
    ambition = models.TextField()
    actions = StreamField([("action", Action())])

    search_fields = [*Page.search_fields, index.SearchField("ambition")]


class ActionIndexPage(Page):
    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        """List the actions of a theme and a status, twenty at a time."""
        found = ActionPage.objects.live().child_of(self).order_by("path")
        for name in ("theme", "status"):
            if value := request.GET.get(name):
                found = found.filter(**{name: value})
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {"page_of_results": page}


class ActionPage(Page):
    theme = models.CharField(max_length=30, db_index=True)
    status = models.CharField(max_length=10, db_index=True)
    text = models.TextField()

    search_fields = [*Page.search_fields, index.SearchField("text")]
