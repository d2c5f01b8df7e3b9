from typing import Any

from django import forms
from django.utils.text import slugify

from editorial.models import LONGEST_SLUG, Page
from editorial.placing import path_under, possible_parents
from editorial.tree import Tree
from roadmaps.forms.sheet import SheetForm
from ui.forms import section

TAKEN = "Une autre page a déjà cette adresse : changez la fin de l’adresse, ou la page au-dessus."
NO_SLUG = "Écrivez au moins une lettre ou un chiffre : l’adresse en est tirée."


class PageForm(SheetForm):
    """A page to write; where it stands is asked of those who may decide on it."""

    slug = forms.CharField(
        label="Fin de l’adresse",
        max_length=LONGEST_SLUG,
        required=False,
        help_text="Vide, elle est tirée du titre. Les anciennes adresses continuent de mener à la page.",
    )
    spanned = ()

    class Meta:
        model = Page
        fields = ["title", "summary", "body", "parent", "slug"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, may_place: bool = True, **kwargs: Any) -> None:
        self.may_place = may_place
        super().__init__(*args, **kwargs)
        if may_place:
            self.offer_places(self.instance)
        else:
            del self.fields["parent"], self.fields["slug"]

    def offer_places(self, page: Page) -> None:
        """Let choose among the pages under which this one may stand, as a tree.

        Args:
            page: the one that is written, as it is now.
        """
        places = possible_parents(page, Tree.whole())
        field = self.fields["parent"]
        field.queryset = Page.objects.filter(pk__in=[page.pk for page in places])
        indented = [(page.pk, "–\u00a0" * (page.level - 1) + str(page)) for page in places]
        field.choices = [("", "Au premier niveau"), *indented]

    def layout(self) -> list[Any]:
        place = [section("Sa place", "parent", "slug")] if self.may_place else []
        return [section("La page", "title", "summary", "body"), *place]

    def clean(self) -> dict[str, Any]:
        """Draw the address, and refuse one that another page has."""
        cleaned = super().clean()
        if "slug" in self.fields and not {"slug", "parent", "title"} & set(self.errors):
            cleaned["slug"] = slugify(cleaned["slug"] or cleaned["title"])[:LONGEST_SLUG].strip("-")
            self.instance.path = path_under(cleaned["parent"], cleaned["slug"])
            if not cleaned["slug"]:
                self.add_error("slug", NO_SLUG)
            elif Page.objects.filter(path=self.instance.path).exclude(pk=self.instance.pk).exists():
                self.add_error("slug", TAKEN)
        return cleaned
