"""What the national registers of schools and of their pupils say, read from files as they are published."""
