from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchoolsConfig(AppConfig):
    """Schools as twins: found in the national register, with what they do and when."""

    name = "schools"
    verbose_name = _("Schools")

    def ready(self) -> None:
        from organisations import checks, slots  # noqa: PLC0415 (models must be loaded first)
        from schools import applying, desk, receivers, theirs, workspace  # noqa: F401, PLC0415

        theirs.say()
        slots.WORKSPACE.fill(workspace.twins)
        slots.WORKSPACE.fill(workspace.twinnings)
        slots.APPLYING.fill(applying.waiting)
        slots.WORKSPACE.fill(workspace.due)
        slots.HOME.fill(workspace.due_at_home)
        slots.DESK.fill(desk.refused)
        checks.made_by(applying.letter)
