"""What organisers do about their organisation, in the workspace at `/organise/`."""

from django.urls import path

from organisations.views import apply, declaration, members

urlpatterns = [
    path("invitations/<str:token>/", members.invitation, name="invitation"),
    path("organisations/<slug:slug>/", members.organisation, name="organise_organisation"),
    path("organisations/<slug:slug>/members/", members.members, name="members"),
    path("organisations/<slug:slug>/members/<uuid:person>/", members.member, name="member"),
    path("apply/", apply.apply, name="apply"),
    path("apply/sign/", apply.sign, name="apply_sign"),
    path("apply/<slug:step>/", apply.step, name="apply_step"),
    path("organisations/<slug:slug>/declaration/", declaration.declaration, name="declaration"),
    path("organisations/<slug:slug>/declaration/sign/", declaration.sign, name="declaration_sign"),
    path("organisations/<slug:slug>/declaration/<slug:step>/", declaration.step, name="declaration_step"),
]
