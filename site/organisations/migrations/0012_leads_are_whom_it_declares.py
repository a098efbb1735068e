# A lead that somebody typed into a page gives way to whom the organisation's newest declaration names.

from django.db import migrations


def name_the_declared(apps, _schema_editor):
    page_model = apps.get_model("organisations", "OrganisationPage")
    declaration_model = apps.get_model("organisations", "Declaration")
    for page in page_model.objects.only("pk", "organisation").iterator():
        signed = declaration_model.objects.filter(organisation=page.organisation_id, signed_at__isnull=False)
        newest = signed.order_by("-signed_at").first()
        if newest is not None:
            parts = filter(None, (newest.lead_name, newest.lead_role, newest.lead_phone))
            page_model.objects.filter(pk=page.pk).update(safeguarding_contact=", ".join(parts)[:160])


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0011_leads_are_not_typed"),
    ]

    operations = [
        migrations.RunPython(name_the_declared, migrations.RunPython.noop),
    ]
