"""Long questions in short steps, which can be left at any time and gone on with."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from looks.forms import LookedModelForm
from organisations.forms import application, declaration


@dataclass(frozen=True, slots=True)
class Step:
    """`why` says to whoever fills it in what the answers are for."""

    slug: str
    title: Any
    why: Any
    form: type[LookedModelForm]

    def is_done(self, instance: Any) -> bool:
        """Whether everything that has to be said here is said."""
        form = self.form(instance=instance)
        return all(
            getattr(instance, name) not in ("", None) for name, field in form.fields.items() if field.required
        )


DECLARATION = (
    Step(
        "lead",
        _("Who keeps children safe"),
        _("Parents see this name, and whom to ask. If something goes wrong, we call this person first."),
        declaration.LeadForm,
    ),
    Step(
        "deputy",
        _("Who stands in for them"),
        _("Somebody has to be there when the first is ill or away. Parents do not see this."),
        declaration.DeputyForm,
    ),
    Step(
        "checks",
        _("Police checks"),
        _("Parents ask this before they leave a child with you. They read what you say here."),
        declaration.ChecksForm,
    ),
    Step(
        "papers",
        _("Your rules and insurance"),
        _("These run out. We remind you before they do, so that your page never goes away by surprise."),
        declaration.PapersForm,
    ),
    Step(
        "day",
        _("On the day"),
        _("These are what parents are told to ask. Each answer stands on the pages of your activities."),
        declaration.DayForm,
    ),
)

APPLICATION = (
    Step(
        "kind",
        _("Who you are"),
        _("We look you up, so that nobody can take your name."),
        application.KindForm,
    ),
    Step(
        "people",
        _("Two grown-ups"),
        _("Two of you answer for it, so that we reach one when the other is away. Parents do not see this."),
        application.PeopleForm,
    ),
    Step(
        "contact",
        _("How families reach you"),
        _("This stands on your page, where everybody can read it."),
        application.ContactForm,
    ),
)
OF_APPLICATION = (*APPLICATION, *DECLARATION)


def named(steps: tuple[Step, ...], slug: str) -> Step | None:
    return next((step for step in steps if step.slug == slug), None)


def after(steps: tuple[Step, ...], step: Step) -> str:
    """The slug of the step that follows; "sign" after the last."""
    place = steps.index(step) + 1
    return steps[place].slug if place < len(steps) else "sign"
