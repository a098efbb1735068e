"""What browsing reads: one prepared row for each public activity."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from events.models.activity import Activity, Audience
from organisations.models import Organisation
from places.models import Place


class Listing(models.Model):
    """An activity as browsing sees it, written in the transaction of every change of its dates or words.

    `public` False keeps the row, so that every worker's index learns that the activity has gone.
    `generation` is the installation's number at the last write: a worker asks for rows newer than its own.
    """

    activity = models.OneToOneField(
        Activity, primary_key=True, on_delete=models.PROTECT, related_name="listing"
    )
    uuid = models.UUIDField(unique=True)
    generation = models.PositiveBigIntegerField(db_index=True)
    public = models.BooleanField()
    public_until = models.DateField(
        help_text="The last day in lists: of the host's declaration, or of the last confirmation."
    )
    confirmed_on = models.DateField(help_text="When its people said last that it is right.")
    organisers = ArrayField(
        models.CharField(max_length=80), help_text="Slugs of the host, first, and of accepted co-organisers."
    )
    schools = ArrayField(models.PositiveIntegerField(), help_text="Register numbers among the organisers.")
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    type = models.CharField(max_length=40)
    aims = ArrayField(models.CharField(max_length=40))
    languages = ArrayField(models.CharField(max_length=40))
    access_yes = ArrayField(models.CharField(max_length=40))
    access_unknown = ArrayField(models.CharField(max_length=40))
    audience = models.CharField(max_length=10, choices=Audience.choices)
    age_from = models.PositiveSmallIntegerField()
    age_to = models.PositiveSmallIntegerField()
    free = models.BooleanField()
    alone = models.BooleanField()
    latitude = models.FloatField()
    longitude = models.FloatField()
    elsewhere = models.JSONField(
        default=list,
        help_text="Other venues of coming dates: name, town, position, and the answers on access.",
    )
    title = models.CharField(max_length=255)
    path = models.CharField(max_length=300, help_text="The page's address, without the host.")
    starts = ArrayField(
        models.IntegerField(), help_text="Coming happening dates in order: local minutes since 2020-01-01."
    )
    ends = ArrayField(models.IntegerField(), help_text="Their ends, likewise.")
    spots = ArrayField(
        models.IntegerField(),
        default=list,
        help_text="Where each is: 0 the activity's venue, 1 the first elsewhere. Empty where all are 0.",
    )
    card = models.TextField(help_text="The card as HTML, with slots for the date and the distance.")
    notices = models.JSONField(
        default=dict, help_text="What a coming date says before all else, by the minute at which it starts."
    )
    search = SearchVectorField()
    words = models.TextField(
        help_text="Every word once, lower case, without accents: "
        "typing errors are forgiven against them in memory."
    )

    class Meta:
        indexes = [
            GinIndex(fields=["search"], name="listing_by_search"),
        ]

    def __str__(self) -> str:
        return self.title
