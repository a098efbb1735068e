"""What a view that is only for people who signed in may count on."""

from django.http import HttpRequest

from accounts.models import User


class SignedIn(HttpRequest):
    """Behind `login_required` or in the CMS: the user is a person. For type checkers; no request is one."""

    user: User
