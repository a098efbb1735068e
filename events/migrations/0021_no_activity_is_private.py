"""What was said to be private was seen by everybody all the same: our own views answer. The dialog is gone."""

from typing import Any

from django.db import migrations


def open_what_was_open(apps: Any, _editor: Any) -> None:
    restrictions = apps.get_model("wagtailcore", "PageViewRestriction").objects
    for label, models in (
        ("events", ["activity"]),
        ("organisations", ["organisationpage", "organiserspage"]),
    ):
        of = {"page__content_type__app_label": label, "page__content_type__model__in": models}
        restrictions.filter(**of).delete()


class Migration(migrations.Migration):
    dependencies = [("events", "0020_queue_what_meets_elsewhere")]

    operations = [migrations.RunPython(open_what_was_open, migrations.RunPython.noop)]
