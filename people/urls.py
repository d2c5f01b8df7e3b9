"""Users, invitations and organisations, under /espace/."""

from django.urls import path

from people.views import invitations, organisations, team, users

urlpatterns = [
    path("utilisateurs/", users.user_list, name="user-list"),
    path("utilisateurs/<int:pk>/", users.user_detail, name="user-detail"),
    path("utilisateurs/<int:pk>/desactiver/", users.user_deactivate, name="user-deactivate"),
    path("utilisateurs/<int:pk>/reactiver/", users.user_reactivate, name="user-reactivate"),
    path("utilisateurs/roles/<int:pk>/", users.membership_edit, name="membership-edit"),
    path("utilisateurs/roles/<int:pk>/retirer/", users.membership_withdraw, name="membership-withdraw"),
    path("utilisateurs/inviter/", invitations.invitation_create, name="invitation-create"),
    path("utilisateurs/invitations/<int:pk>/renvoyer/", invitations.invitation_resend, name="invitation-resend"),
    path("utilisateurs/invitations/<int:pk>/annuler/", invitations.invitation_revoke, name="invitation-revoke"),
    path("equipe/", team.team_list, name="team-list"),
    path("equipe/ajouter/", team.team_create, name="team-create"),
    path("equipe/<int:pk>/", team.team_edit, name="team-edit"),
    path("equipe/<int:pk>/retirer/", team.team_remove, name="team-remove"),
    path("organismes/", organisations.organisation_list, name="organisation-list"),
    path("organismes/nouveau/", organisations.organisation_create, name="organisation-create"),
    path("organismes/<int:pk>/", organisations.organisation_edit, name="organisation-edit"),
    path("organismes/<int:pk>/fusionner/", organisations.organisation_merge, name="organisation-merge"),
]
