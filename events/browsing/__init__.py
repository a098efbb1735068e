"""The page of what is on: its form of filters, chips, cards and words."""
