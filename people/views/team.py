"""The team that visitors meet, kept by whoever writes in the CRESS team."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.forms import TeamMemberForm
from people.models import TeamMember
from people.team import write_member
from people.views import access


@require_safe
def team_list(request: HttpRequest) -> HttpResponse:
    """The team, as visitors meet it."""
    access.require(request, "people.manage_team")
    return render(request, "people/team_list_page.html", {"members": TeamMember.objects.select_related("person")})


@require_http_methods(["GET", "HEAD", "POST"])
def team_create(request: HttpRequest) -> HttpResponse:
    """Show somebody more."""
    access.require(request, "people.manage_team")
    return save_member(request, TeamMemberForm(request.POST or None))


@require_http_methods(["GET", "HEAD", "POST"])
def team_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is shown of somebody."""
    return save_member(request, TeamMemberForm(request.POST or None, instance=access.member_to_edit(request, pk)))


def save_member(request: HttpRequest, form: TeamMemberForm) -> HttpResponse:
    """Save what the form says, or show it with its errors."""
    if request.method != "POST":
        return render(request, "people/team_form_page.html", {"form": form})
    if not form.is_valid():
        return render(request, "people/team_form_page.html", {"form": form}, status=422)
    member = form.save(commit=False)
    write_member(member, **{name: form.cleaned_data[name] for name in ("first_name", "last_name", "job")})
    messages.success(request, f"{member} est dans l’équipe que voient les visiteurs.")
    return redirect("team-list")


@require_POST
def team_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Show somebody no more; the person stays wherever else the portal names it."""
    member = access.member_to_edit(request, pk)
    member.delete()
    messages.success(request, f"{member} n’est plus dans l’équipe que voient les visiteurs.")
    return redirect("team-list")
