"""Merge the entries of the register that name the same body.

Merging corrects the register, as changing a name there does: all that referred to a duplicate refers to the entry that
is kept, in drafts and in what is published alike, for a body has one name at a time. What is printed does not change:
the PDF of a published edition keeps the words of its day. The name of a duplicate is forgotten; who types it again, or
brings an old version of a sheet back, creates it again.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignObjectRel, UniqueConstraint, Value

from finding.index import refresh_mentioning
from people.forms import OrganisationForm
from people.models import Organisation
from ui.typography import plural

TWO_COLLECTIVITES = "Ces organismes sont des collectivités différentes : ils ne peuvent pas être le même."
INHERITED = ("acronym", "website", "collectivite_id")  # what the kept entry takes where it says nothing


@transaction.atomic
def save(form: OrganisationForm) -> Organisation:
    """Save what a valid form says; the search says its new name at once."""
    former = form.initial.get("name", "")
    organisation: Organisation = form.save()
    if former not in {"", organisation.name}:
        refresh_mentioning(former)
    return organisation


@transaction.atomic
def merge(kept: Organisation, duplicates: Iterable[Organisation]) -> None:
    """Move to one entry all that refers to others, and delete these.

    Args:
        kept: the entry that stays; it takes from the others the acronym, site or collectivité that it lacks.
        duplicates: the entries that go.

    Raises:
        ValidationError: they are two collectivités.
    """
    gone = [one.pk for one in duplicates if one.pk != kept.pk]
    entries = list(Organisation.objects.select_for_update(of=("self",)).filter(pk__in=[kept.pk, *gone]).order_by("pk"))
    if len({one.collectivite_id for one in entries if one.collectivite_id}) > 1:
        raise ValidationError(TWO_COLLECTIVITES)
    for relation in referring():
        move_references(relation, kept.pk, gone)
    Organisation.objects.filter(pk__in=gone).delete()
    stays = next(one for one in entries if one.pk == kept.pk)
    for name in INHERITED:
        said = [getattr(one, name) for one in (stays, *entries)]
        setattr(stays, name, next((value for value in said if value), said[0]))
    stays.save()
    refresh_mentioning(*(one.name for one in entries if one.pk != stays.pk))


def referring() -> list[ForeignObjectRel]:
    """Give the keys that point at organisations; where a thing has several, those of the table in between."""
    found: list[ForeignObjectRel] = []
    for relation in Organisation._meta.related_objects:
        field: Any = relation.field
        if relation.many_to_many:
            field = field.remote_field.through._meta.get_field(field.m2m_reverse_field_name())
        found.append(field.remote_field)
    return found


def move_references(relation: ForeignObjectRel, kept: int, gone: list[int]) -> None:
    """Point the rows of a table at the kept entry; of two that would then say the same, one goes."""
    rows, name = relation.related_model._base_manager, relation.field.name
    for key in unique_with(relation):
        repeated, seen = [], set()
        concerned = rows.filter(**{f"{name}__in": [kept, *gone]}).values_list("pk", f"{name}_id", *key)
        for pk, organisation, *said in sorted(concerned, key=lambda row: (row[1] != kept, row[0])):
            if tuple(said) in seen and organisation != kept:
                repeated.append(pk)
            seen.add(tuple(said))
        rows.filter(pk__in=repeated).delete()
    rows.filter(**{f"{name}__in": gone}).update(**{f"{name}_id": kept})


def unique_with(relation: ForeignObjectRel) -> list[list[str]]:
    """Give, for each rule by which an organisation appears once, the other columns of that rule."""
    name = relation.field.name
    options: Any = relation.related_model._meta
    rules = [list(one.fields) for one in options.constraints if isinstance(one, UniqueConstraint)]
    rules += [list(one) for one in options.unique_together] + ([[name]] if relation.field.unique else [])
    return [[options.get_field(one).attname for one in fields if one != name] for fields in rules if name in fields]


def references(organisations: list[Organisation]) -> dict[int, list[str]]:
    """Count, in words, what refers to each organisation: « 12 acteurs », « 3 financements »; one query."""
    counts: dict[int, Counter[tuple[str, str]]] = {one.pk: Counter() for one in organisations}
    relations = referring()
    queries = [
        relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": list(counts)})
        .order_by()
        .values_list(Value(rank), f"{relation.field.name}_id")
        for rank, relation in enumerate(relations)
    ]
    for rank, key in sorted(queries[0].union(*queries[1:], all=True)):
        counts[key][words_of(relations[rank])] += 1
    return {pk: [plural(count, *words) for words, count in found.items()] for pk, found in counts.items()}


def words_of(relation: ForeignObjectRel) -> tuple[str, str]:
    """Name what refers to an organisation, one and several."""
    table: Any = relation.related_model._meta
    options: Any = table.auto_created._meta if table.auto_created else table
    return str(options.verbose_name), str(options.verbose_name_plural)
