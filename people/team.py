"""Who of the CRESS is shown to visitors, and on what."""

from django.db import transaction

from people.models import Person, TeamMember


@transaction.atomic
def write_member(member: TeamMember, *, first_name: str, last_name: str, job: str) -> None:
    """Save somebody of the team, with the name and job of the person that he is.

    Args:
        member: with its subjects, telephone and address; new, it takes the person of that name who is in no team yet,
            or makes one.
        first_name: of the person.
        last_name: of the person.
        job: in the CRESS.
    """
    name = {"first_name": first_name, "last_name": last_name}
    if member.pk is None:
        member.person = Person.objects.filter(**name, team_member=None).order_by("pk").first() or Person(**name)
    for field, value in {**name, "job": job}.items():
        setattr(member.person, field, value)
    member.person.save()
    member.person_id = member.person.pk
    member.save()
