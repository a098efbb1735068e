"""From lines that were read to activities that can be made: types and venues by name, what is there already,
and the dry run that shows it all before anything is made."""
