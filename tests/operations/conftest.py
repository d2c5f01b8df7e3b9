"""Faults of the machine, made for real.

The outage stops the PostgreSQL cluster that it starts: it belongs to the run on PostgreSQL (`make test`), and on
SQLite there is no server to stop.
"""

from django.db import connection

collect_ignore = [] if connection.vendor == "postgresql" else ["test_database_outage.py"]
