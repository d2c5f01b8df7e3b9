"""Every address of the portal, one line a room (addresses are a contract: docs/architecture.md)."""

urlpatterns: list = []
