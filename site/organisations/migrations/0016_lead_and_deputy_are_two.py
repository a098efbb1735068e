"""The lead and the deputy of a declaration are two people: the database holds to it what is written from now on."""

import django.db.models.functions.text
import django.db.models.lookups
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


def plainly(name):
    spaced = models.Func(
        models.F(name), models.Value(r"\s+"), models.Value(" "), models.Value("g"), function="regexp_replace"
    )
    return django.db.models.functions.text.Lower(django.db.models.functions.text.Trim(spaced))


class Migration(migrations.Migration):
    dependencies = [("organisations", "0015_drafts_name_two_people")]
    operations = [
        AddConstraintNotValid(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(lead_name="")
                | ~models.Q(django.db.models.lookups.Exact(plainly("lead_name"), plainly("deputy_name"))),
                name="declaration_lead_and_deputy_are_two",
                violation_error_message="The lead and the deputy have to be two people.",
            ),
        ),
    ]
