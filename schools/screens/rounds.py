"""Rounds in the CMS, for officers: run one, look at what it proposes, change it by hand, announce it."""

import dataclasses
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView, TemplateView, View
from wagtail.admin import messages

from organisations import refusals
from organisations.refusals import Refused, say_in
from organisations.screens.desk import DeskScreen
from places.models import School
from schools import drawing, permissions, round_files, rounds
from schools.actions import rounds as actions
from schools.forms.rounds import AnnounceForm, PairForm, RoundForm, again
from schools.models import Round, RoundState, Step
from schools.twins import KM_PER_MILE

PAIRS_A_PAGE = 50
REFRESH_SECONDS = 3


class Rounds(DeskScreen, ListView):
    """Every round that was ever run in their places, and studies, the newest first."""

    page_title = gettext_lazy("Rounds of twins")
    header_icon = "group"
    template_name = "schools/screens/rounds.html"
    context_object_name = "rounds"
    paginate_by = 50

    def get_queryset(self) -> Any:
        seen = Round.objects.seen_by(self.request.user).select_related("place", "by")
        return seen.defer("graph").order_by("-run_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(register_is_loaded=School.objects.exists(), **kwargs)


class NewRound(DeskScreen, FormView):
    """What to ask. A small place's proposal is there at once; a large one's page says how far it is."""

    page_title = gettext_lazy("Run a round")
    header_icon = "group"
    template_name = "schools/screens/new_round.html"
    form_class = RoundForm

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *above, here = super().get_breadcrumbs_items()
        return [*above, {"url": reverse("desk_rounds"), "label": _("Rounds of twins")}, here]

    def get_form_kwargs(self) -> dict[str, Any]:
        places = permissions.places_of(self.request.user).order_by("name")
        return {**super().get_form_kwargs(), "places": places, "today": timezone.localdate()}

    def get_initial(self) -> dict[str, Any]:
        before = _uuid(self.request.GET.get("from", ""))
        found = Round.objects.seen_by(self.request.user).filter(uuid=before).first() if before else None
        return again(found) if found else {}

    def form_valid(self, form: RoundForm) -> HttpResponse:
        try:
            made = actions.run(place=form.chosen, asked=form.asked(), by=self.request.user)
        except (ValidationError, Refused) as refusal:
            say_in(form, refusal)
        else:
            return redirect("desk_round", made.uuid)
        return self.form_invalid(form)

    def form_invalid(self, form: Form) -> HttpResponse:
        messages.validation_error(self.request, _("That cannot be run. Look at the words beside it."), form)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "action_url": self.request.get_full_path(),
            "submit_button_label": _("Run it"),
            "submit_button_active_label": _("Working…"),
            "media": context["form"].media,
            "register_is_loaded": School.objects.exists(),
        }


class OneRound(DeskScreen):
    """The round in the address, among those that the person may see."""

    header_icon = "group"
    has_desk_above = True

    @cached_property
    def round(self) -> Round:
        seen = Round.objects.seen_by(self.request.user).select_related("place", "by", "announced_by")
        return get_object_or_404(seen.defer("graph"), uuid=self.kwargs["uuid"])


class RoundScreen(OneRound, TemplateView):
    """The proposal: what it would change, on a map and as a table; or how far it is."""

    template_name = "schools/screens/round.html"

    def get_page_title(self) -> str:
        return str(self.round)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *above, here = super().get_breadcrumbs_items()
        return [*above, {"url": reverse("desk_rounds"), "label": _("Rounds of twins")}, here]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        page = super().get(request, *args, **kwargs)
        if self.round.state == RoundState.AT_WORK:
            page["Refresh"] = str(REFRESH_SECONDS)
        return page

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.POST.get("do", "")
        act = {"put_in": self._put_in, "announce": self._announce}.get(asked, self._change)
        return act() or self.render_to_response(self.get_context_data(**kwargs))

    pair_form: PairForm | None = None

    def _put_in(self) -> HttpResponse | None:
        self.pair_form = PairForm(self.request.POST)
        if not self.pair_form.is_valid():
            return None
        try:
            actions.put_in(round=self.round, by=self.request.user, **self.pair_form.cleaned_data)
        except (ValidationError, Refused) as refusal:
            self.pair_form.add_error(None, refusals.words(refusal))
            return None
        messages.success(self.request, _("The pair is in."))
        return self._back()

    def _change(self) -> HttpResponse:
        """A button beside a pair."""
        change = CHANGES.get(self.request.POST.get("do", ""))
        first, second = (_urn(self.request.POST.get(name, "")) for name in ("first", "second"))
        if change is None:
            return self._back()
        act, said = change
        try:
            act(round=self.round, first=first, second=second, by=self.request.user)
        except (ValidationError, Refused) as refusal:
            messages.error(self.request, refusals.words(refusal))
        else:
            messages.success(self.request, str(said))
        return self._back()

    announce_form: AnnounceForm | None = None

    def _announce(self) -> HttpResponse | None:
        self.announce_form = AnnounceForm(self.request.POST)
        if not self.announce_form.is_valid():
            return None
        try:
            actions.announce(round=self.round, by=self.request.user, **self.announce_form.cleaned_data)
        except (ValidationError, Refused) as refusal:
            self.announce_form.add_error(None, refusals.words(refusal))
            return None
        messages.success(self.request, _("Announced. Every school of a pair has been told."))
        return self._back()

    def _back(self) -> HttpResponse:
        """To the same page of the table."""
        return redirect(self.request.get_full_path())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.round
        said: dict[str, Any] = {"round": found}
        if found.state == RoundState.AT_WORK:
            said["steps"] = [(step.label, _standing(step, found.step)) for step in Step]
        else:
            said |= self._proposal(found)
        return super().get_context_data(**said, **kwargs)

    def _proposal(self, found: Round) -> dict[str, Any]:
        pairs = found.pairs.select_related("first", "second").order_by("-weight", "first", "second")
        pages = Paginator(pairs.proposed(), PAIRS_A_PAGE)
        changeable = found.is_open and permissions.may_run_rounds(self.request.user, found.place)
        return {
            "ways": _ways(found),
            "pages": pages,
            "page": pages.get_page(self.request.GET.get("p")),
            "out": pairs.filter(taken_out=True),
            "map": _map(found),
            "pair_form": self.pair_form or PairForm(),
            "announce_form": self.announce_form or AnnounceForm(initial={"version": found.version}),
            "changeable": changeable,
            "announceable": changeable and not found.is_study,
        }


class RoundFile(OneRound, View):
    """The pairs for a spreadsheet."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="twins-{self.round.year}.csv"'
        answer.write("\ufeff")  # or spreadsheets take it for another alphabet
        round_files.write(self.round, answer)
        return answer


def _keep(**said: Any) -> Round:
    return actions.keep(kept=True, **said)


def _let_go(**said: Any) -> Round:
    return actions.keep(kept=False, **said)


CHANGES: dict[str, Any] = {
    "take_out": (actions.take_out, gettext_lazy("The pair is out. You can put it back below.")),
    "put_back": (actions.put_in, gettext_lazy("The pair is in again.")),
    "keep": (_keep, gettext_lazy("The pair stays when you run the round again.")),
    "let_go": (_let_go, gettext_lazy("The pair is like any other now.")),
}


def _standing(step: Step, now: int | None) -> str:
    """done, now or later"""
    at = now or 0
    return "done" if step < at else "now" if step == at else "later"


def _ways(found: Round) -> list[dict[str, Any]]:
    """What the proposal would change as it stands now, beside what simpler ways would."""
    now = rounds.outcome_now(found)
    rows = [
        (_("This proposal, as it stands"), dataclasses.asdict(now)),
        (_("Most different first, one after the other (greedy)"), found.figures.get("greedy")),
        (_("Nearest first"), found.figures.get("nearest")),
    ]
    best = (found.figures.get("best") or {}).get("weight") or now.weight or 1
    return [
        {
            "name": name,
            "pairs": way["pairs"],
            "part": 100 * way["weight"] / best,
            "inside": 100 * way["inside"],
            "across": 100 * way["across"],
            "miles": way["kilometres"] / KM_PER_MILE,
            "farthest": way["farthest"] / KM_PER_MILE,
        }
        for name, way in rows
        if way
    ]


def _map(found: Round) -> dict[str, Any] | None:
    """A line for each pair and a dot for each school of it."""
    rows = found.pairs.proposed().filter(first__latitude__isnull=False, second__latitude__isnull=False)
    ends = ("first__latitude", "first__longitude", "second__latitude", "second__longitude")
    lines = [((a, b), (c, d)) for a, b, c, d in rows.values_list(*ends)]
    spots = [drawing.Spot(*end, name="") for line in lines for end in line]
    return drawing.context(spots, lines) if spots else None


def _urn(text: str) -> int:
    """0 is nobody's number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) == 6 else 0


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
