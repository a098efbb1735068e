"""`manage.py set_up`: makes an empty installation usable, and can be run again to change what was said."""

import sys
from smtplib import SMTPException
from typing import Any

from django import forms
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mingle import setting_up
from pages.actions import information
from places import holidays
from places.models import Place, Postcode


class Command(BaseCommand):
    help = (
        "Makes an empty installation usable: the page tree, a place with its postcodes, its first officer, "
        "who is sent a link by mail to choose a password. Asks for what no option gives. Can be run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for name, field in _fields():
            parser.add_argument(_option(name), default=None, help=str(field.label))
        parser.add_argument("--no-input", action="store_true", help="ask nothing; say what is missing")
        parser.add_argument("--no-postcodes", action="store_true", help="do not load the place's postcodes")

    def handle(self, *args: Any, **options: Any) -> None:
        asking = not options["no_input"] and sys.stdin.isatty()
        if _behind():
            raise CommandError("The tables are missing or old: run manage.py migrate first.")
        self.stdout.write(f"The site's address is {settings.PUBLIC_ADDRESS} (MINGLE_ADDRESS changes it).")
        call_command("createcachetable", verbosity=0)
        information.add_missing(home=setting_up.place_pages())
        holidays.load()
        place = self._place(options, asking)
        if place.officers.exists() and not options["officer_email"]:
            self.stdout.write("It has an officer already; --officer-email adds another.")
            return
        given = self._answers(setting_up.OfficerForm(), "officer_", {}, options, asking)
        officer = _valid(setting_up.OfficerForm(given), "officer_")
        invited = setting_up.invite_officer(place=place, **officer.cleaned_data)
        self._tell(invited, place)

    def _place(self, options: dict[str, Any], asking: bool) -> Place:
        """The place of that address, or the only one there is, changed as said; else a new one."""
        known = Place.objects.filter(slug=options["place_slug"]).first() if options["place_slug"] else None
        if known is None and not options["place_slug"] and Place.objects.count() == 1:
            known = Place.objects.get()
        empty = setting_up.PlaceForm(instance=known)
        answers = self._answers(empty, "place_", empty.initial if known else {}, options, asking)
        self._load_postcodes(answers.get("area_codes"), options)
        form = _valid(setting_up.PlaceForm(answers, instance=known), "place_")
        place = setting_up.save_place(form)
        self.stdout.write(f"{place.name}: {settings.PUBLIC_ADDRESS}/in/{place.slug}/")
        return place

    def _load_postcodes(self, area_codes: str | None, options: dict[str, Any]) -> None:
        codes = [code.strip() for code in (area_codes or "").split(",") if code.strip()]
        missing = [code for code in codes if not Postcode.objects.within([code]).exists()]
        if missing and not options["no_postcodes"]:
            call_command("import_postcodes", area=missing, verbosity=options["verbosity"])

    def _answers(
        self, form: forms.BaseForm, prefix: str, known: dict[str, Any], options: dict[str, Any], asking: bool
    ) -> dict[str, str]:
        """For each field: the option, else the answer to a question, else what was known before."""
        answers = {}
        for name, field in form.fields.items():
            before = field.prepare_value(known.get(name))
            before = "" if before is None else str(before)
            given = options[prefix + name]
            if given is None and asking:
                given = self._ask(field, before)
            answers[name] = before if given is None else given
        return answers

    def _ask(self, field: forms.Field, before: str) -> str:
        """Until the answer is a good one; Enter keeps what stands in brackets."""
        choices = [str(value) for value, _label in getattr(field, "choices", []) if value]
        hint = f" ({', '.join(choices)})" if choices else ""
        before = before or (choices[0] if choices else "")
        while True:
            answer = input(f"{field.label}{hint}{f' [{before}]' if before else ''}: ").strip() or before
            try:
                field.clean(answer)
            except forms.ValidationError as error:
                self.stderr.write(" ".join(error.messages))
            else:
                return answer

    def _tell(self, invited: setting_up.Invited, place: Place) -> None:
        if invited.staff:
            self.stdout.write(f"{invited.user.email} also looks after the whole installation.")
        try:
            setting_up.send_invitation(invited, place)
        except (OSError, SMTPException) as error:
            way = f" They choose a password at {invited.address}" if invited.address else ""
            raise CommandError(f"Everything is set up but mail: {error} (MINGLE_MAIL).{way}") from error
        self.stdout.write(f"A mail has gone to {invited.user.email}. The installation can be used.")


def _fields() -> list[tuple[str, forms.Field]]:
    return [
        *((f"place_{name}", field) for name, field in setting_up.PlaceForm.base_fields.items()),
        *((f"officer_{name}", field) for name, field in setting_up.OfficerForm.base_fields.items()),
    ]


def _behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _valid(form: forms.BaseForm, prefix: str) -> Any:
    if form.is_valid():
        return form
    problems = ["Not set up yet:"]
    for name, messages in form.errors.items():
        field = form.fields.get(name)
        words = " ".join([*map(str, messages), str(field.help_text) if field else ""]).strip()
        problems.append(f"  {_option(prefix + name)}: {words}" if field else f"  {words}")
    raise CommandError("\n".join(problems))
