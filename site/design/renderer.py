"""How forms draw themselves: with our field component, from the project's own templates and tags."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """`{{ form.name.as_field_group }}` is drawn by `design/components/field.html`."""

    field_template_name = "design/components/field.html"
