"""What every template may name without its view passing it."""

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, object]:
    """Give the names of the portal and of the CRESS that runs it."""
    return {"portal_name": settings.PORTAL_NAME, "cress_name": settings.CRESS_NAME, "is_demo": settings.DEMO}
