from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_audit_lets_go_after_seven_years")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="closed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed"),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(closed_at=None)
                | models.Q(
                    first_name="",
                    last_name="",
                    email__endswith="@closed.invalid",
                    last_login=None,
                    is_active=False,
                    is_staff=False,
                    is_superuser=False,
                ),
                name="user_closed_is_nobody",
            ),
        ),
    ]
