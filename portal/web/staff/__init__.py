"""The staff room: an app of its own behind one door, made when somebody first knocks.

Flask-Security takes 0.4 seconds to import and looks at every request of its app. No resident waits for the one, and no
public page meets the other: the public app has no session at all (`portal.web.NoSession`).
"""

from portal.web.staff.door import Door, StaffRoom

__all__ = ["Door", "StaffRoom"]
