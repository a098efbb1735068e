"""What organisers do about their organisation, in the workspace at `/organise/`."""

from django.urls import path

from organisations.views import apply, declaration

urlpatterns = [
    path("apply/", apply.apply, name="apply"),
    path("apply/sign/", apply.sign, name="apply_sign"),
    path("apply/<slug:step>/", apply.step, name="apply_step"),
    path("<slug:slug>/declaration/", declaration.declaration, name="declaration"),
    path("<slug:slug>/declaration/sign/", declaration.sign, name="declaration_sign"),
    path("<slug:slug>/declaration/<slug:step>/", declaration.step, name="declaration_step"),
]
