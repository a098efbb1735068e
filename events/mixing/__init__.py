"""What the registers of a session, a series and an organisation mean: from the database to a `Reading`."""
