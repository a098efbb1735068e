"""Thousands of activities at once, for benchmarks: the rows that the actions would write, written by COPY.

`writing` does what publishing one by one does, `filling` a whole database of it. A test makes thirty
activities both ways and compares every row of every table.
"""
