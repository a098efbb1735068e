from django.template.loader import render_to_string


def test_every_source_is_named_as_its_licence_asks() -> None:
    lines = render_to_string("places/licences.html")
    for said in (
        "ONS Postcode Directory of the Office for National Statistics, licensed under the",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "Contains OS data © Crown copyright and database right 2025.",
        "Contains Royal Mail data © Royal Mail copyright and database right 2025.",
        "Contains National Statistics data © Crown copyright and database right 2025.",
        "OSTN15",
        "GOV.UK",
        "We know old postcodes too.",
    ):
        assert said in lines
