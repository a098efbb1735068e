"""The organisers' workspace."""

from django.urls import path

from events.views import (
    asking,
    copying,
    in_phone,
    mixing,
    organise,
    poster,
    register_sheets,
    registers,
    spans,
    timetables,
    together,
)

urlpatterns = [
    path("", organise.coming, name="organise"),
    path("dates/<uuid:occurrence_uuid>/", organise.date, name="organise_date"),
    path("activities/<uuid:activity_uuid>/", spans.activity, name="organise_activity"),
    path("activities/<uuid:activity_uuid>/poster/", poster.poster, name="organise_poster"),
    path("activities/<uuid:activity_uuid>/copy/", copying.copy, name="organise_copy"),
    path("activities/<uuid:activity_uuid>/together/", together.together, name="organise_together"),
    path("dates/<uuid:occurrence_uuid>/mixing/", mixing.session, name="organise_date_mixing"),
    path("activities/<uuid:activity_uuid>/mixing/", mixing.series, name="organise_activity_mixing"),
    path("mixing/<slug:slug>/", mixing.organisation, name="organise_mixing"),
    path("activities/<uuid:activity_uuid>/answers/", asking.asking, name="asking"),
    path("activities/<uuid:activity_uuid>/answers/poster/", asking.poster, name="asking_poster"),
    path("activities/<uuid:activity_uuid>/answers/slips/", asking.paper, name="asking_slips"),
    path("dates/<uuid:occurrence_uuid>/slips/", asking.type_slips, name="type_slips"),
    path("sw.js", in_phone.worker, name="registers_worker"),
    path("registers/", in_phone.page, name="registers_in_phone"),
    path("registers/ready/", in_phone.ready, name="registers_ready"),
    path("registers/token/", in_phone.token, name="registers_token"),
    path("registers/batches/", registers.batches, name="register_batches"),
    path("registers/import/", register_sheets.bring, name="register_sheet"),
    path(
        "registers/import/template.csv", register_sheets.template, {"kind": "csv"}, name="register_sheet_csv"
    ),
    path(
        "registers/import/template.xlsx",
        register_sheets.template,
        {"kind": "xlsx"},
        name="register_sheet_xlsx",
    ),
    path(
        "registers/export/<slug:slug>.csv",
        register_sheets.export,
        {"kind": "csv"},
        name="register_export_csv",
    ),
    path(
        "registers/export/<slug:slug>.xlsx",
        register_sheets.export,
        {"kind": "xlsx"},
        name="register_export_xlsx",
    ),
    path("registers/<uuid:occurrence_uuid>/", registers.register, name="register"),
    path("registers/<uuid:occurrence_uuid>/corrections/", registers.corrections, name="register_corrections"),
    path("import/", timetables.bring, name="import"),
    path("import/template.csv", timetables.download, {"kind": "csv"}, name="import_template_csv"),
    path("import/template.xlsx", timetables.download, {"kind": "xlsx"}, name="import_template_xlsx"),
    path("import/<uuid:uuid>/", timetables.timetable, name="import_timetable"),
    path("import/<uuid:uuid>/lines/<int:number>/", timetables.line, name="import_line"),
    path("import/<uuid:uuid>/choose/", timetables.choose, name="import_choose"),
    path("import/<uuid:uuid>/make/", timetables.carry_out, name="import_make"),
]
