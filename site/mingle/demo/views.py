"""Stepping into a role, reading the mail, looking at every component. Only the demonstration leads here."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from events.models import AnswerCode
from mingle.demo import attendance, people
from mingle.demo import gallery as specimens
from mingle.demo import mail as sent
from mingle.demo.roles import ROLES

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@require_safe
@never_cache
def roles(request: HttpRequest) -> HttpResponse:
    shown = [(role, people.code_of(role.person) if role.person else "") for role in ROLES]
    asked = AnswerCode.objects.filter(activity__uuid=attendance.always_open()).first()
    return render(request, "mingle/demo/roles.html", {"roles": shown, "asked": asked})


@require_POST
@never_cache
def step_into(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign in as that role, out as a visitor, and go to where it begins."""
    role = next((role for role in ROLES if role.slug == slug), None)
    if role is None:
        raise Http404
    if role.person is None:
        logout(request)
    else:
        user = get_object_or_404(User, email=role.person.email)
        login(request, user, backend=BACKEND)
    return redirect(role.start)


@require_safe
@never_cache
def mail(request: HttpRequest) -> HttpResponse:
    return render(request, "mingle/demo/mail.html", {"letters": sent.letters(Path(settings.EMAIL_FILE_PATH))})


@require_safe
@never_cache
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "mingle/demo/gallery.html", specimens.context())
