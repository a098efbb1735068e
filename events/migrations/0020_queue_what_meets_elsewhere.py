"""Listings whose dates are not all at the activity's venue are written again by the queue that runs every minute."""

from django.db import migrations

QUEUED = """
    INSERT INTO events_renderqueue (activity_id, asked_at)
    SELECT DISTINCT date.activity_id, now()
    FROM events_occurrence date
    JOIN events_activity activity ON activity.page_ptr_id = date.activity_id
    JOIN events_listing listing ON listing.activity_id = date.activity_id
    WHERE date.venue_id <> activity.venue_id AND date.ends_at > now() AND date.state <> 'cancelled'
    ON CONFLICT (activity_id) DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0019_listings_say_where_dates_are")]

    operations = [migrations.RunSQL(QUEUED, migrations.RunSQL.noop)]
