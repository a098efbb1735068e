"""Registers as spreadsheets: what a sheet that is brought would fill in, our template, and what a club takes
away of its own."""
