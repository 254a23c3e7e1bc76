"""`make plone`: a real Plone with the add-on, from the lock to a changed page of the portal."""
