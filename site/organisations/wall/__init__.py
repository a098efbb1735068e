"""What stands between one organisation and another in the CMS.

Wagtail's admin is made for one editorial team. Here many share it, so it is closed to everybody but platform
staff, and opened view by view (`gates`), row by row (`rows`). `openings` opens what organisers and officers
need of Wagtail's; other apps open their own views. `accounts.in_hand` is the second wall, behind
the first, and the only one around the workspace.
"""
