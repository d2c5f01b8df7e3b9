"""Alerts by mail, without an account, under /alertes/."""

from django.urls import path

from alerts import views

urlpatterns = [
    path("demandee/", views.alert_asked, name="alert-asked"),
    path("confirmer/<str:token>/", views.alert_confirm, name="alert-confirm"),
    path("arreter/<str:token>/", views.alert_end, name="alert-end"),
    path("mes-alertes/<str:token>/", views.alert_list, name="alert-list"),
    path("<slug:kind>/", views.alert_create, name="alert-create"),
]
