"""Reading timetables that organisers have already: a calendar, a spreadsheet, a grid that was pasted. Pure:
no Django, no database.

1. `opening.opened` turns what was sent, whatever is inside, into a `Table` of text, or raises `Unreadable`.
2. `layout.arranged` finds out how it is laid out and makes it a list: one class a line, columns with a guess.
3. `lines.read` turns each line into a `Proposal`: what it says of an activity, and what is wrong with it.

The words for codes are in `events.wording.importing`.
"""
