"""Three years that others have had, to begin with."""

from django.db import migrations

GIVEN = [
    {
        "title": "Get to know each other",
        "about": "For two classes that have never met. First where nobody is at home, then at each school.",
        "before": "Write letters in pairs: what I like, what I am good at, what I would ask you. Send them a "
        "fortnight before you meet, with a class picture that you drew, not a photograph.",
        "type": "storytelling",
        "meetings": [
            ("neutral", "Meet your letter friend: games in mixed teams, and lunch together"),
            ("first", "A visit: our school, our street, and a story from each table"),
            ("second", "A visit back: your school, your street, and a meal that you make together"),
            ("neutral", "Celebrate: show your families what you made and whom you met"),
        ],
    },
    {
        "title": "A year of sport in mixed teams",
        "about": "For classes that like to move. Nobody plays against the other school: every team is mixed.",
        "before": "Each class sends a film of two minutes: a game that we play at break, and its rules.",
        "type": "multi-sport",
        "meetings": [
            ("neutral", "Play each other's games in mixed teams, and choose names and colours for them"),
            ("first", "Train together: throw, run, jump, with children of both schools as coaches"),
            ("second", "Train together again, and plan the festival"),
            ("neutral", "The festival: mixed teams, families watch, everybody gets the same medal"),
        ],
    },
    {
        "title": "Make one thing together",
        "about": "For art, music or drama: something that neither class could make alone.",
        "before": "Swap boxes: each class puts in ten things that say who lives here, and guesses about the other's.",
        "type": "art",
        "meetings": [
            (
                "neutral",
                "See how others do it, at a museum, library or theatre, and choose what you will make",
            ),
            ("first", "Make the first half, in pairs from both schools"),
            ("second", "Make the second half, and put it together"),
            ("neutral", "Show it where both neighbourhoods come by, and let families add to it"),
        ],
    },
]


def give(apps, schema_editor):
    templates = apps.get_model("schools", "ProgrammeTemplate")
    meetings = apps.get_model("schools", "TemplateMeeting")
    for facts in GIVEN:
        plain = {name: facts[name] for name in ("title", "about", "before", "type")}
        made = templates.objects.create(**plain)
        meetings.objects.bulk_create(
            meetings(template=made, number=number, setting=setting, title=title)
            for number, (setting, title) in enumerate(facts["meetings"])
        )


class Migration(migrations.Migration):
    dependencies = [("schools", "0004_programmes")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
