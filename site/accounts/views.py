"""A person's own page, and ways that lead to signing in."""

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache

from accounts import landing, second_factors
from accounts.actions import people
from accounts.forms import CloseForm
from accounts.requests import SignedIn


@login_required
@never_cache
def account(request: SignedIn) -> HttpResponse:
    """What a person can change about signing in; and, for who has no work here yet, how to get some."""
    work = landing.of(request.user)
    context = {
        "work": "" if work == reverse("account") else work,
        "apply": _address_of("apply"),
        "enrolled": second_factors.is_enrolled(request.user),
    }
    return render(request, "account/account.html", context)


def _address_of(name: str) -> str:
    """An address that a higher app has, where it has one."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@login_required
@never_cache
def start(request: SignedIn) -> HttpResponse:
    return redirect(landing.of(request.user))


@login_required
@reauthentication_required(allow_get=True)
@never_cache
def close(request: SignedIn) -> HttpResponse:
    """Says what goes and what stays. Who presses the button shows first that it is they; then it is done."""
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            people.close(user=request.user, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            logout(request)
            return redirect("account_closed")
    return render(request, "account/close.html", {"form": form})


@never_cache
def closed(request: HttpRequest) -> HttpResponse:
    return render(request, "account/closed.html")


@never_cache
def lead(request: HttpRequest, to: str, **kwargs: str) -> HttpResponse:
    """From one of Wagtail's own pages of this kind to ours. What was typed there is left behind."""
    return redirect(_with_next(request, resolve_url(to)))


@never_cache
def lead_out(request: HttpRequest) -> HttpResponse:
    """Wagtail's button sends its form: it goes on as it is, with its token. Who comes by a link is asked."""
    address = _with_next(request, resolve_url("account_logout"))
    return HttpResponseRedirect(address, preserve_request=request.method == "POST")


def _with_next(request: HttpRequest, address: str) -> str:
    """Where somebody wanted to go is kept, if it is here."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return f"{address}?{urlencode({'next': wanted})}"
    return address
