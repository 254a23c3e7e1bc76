"""Insatser of a kommun in Plone: types, a workflow of two persons, and word to the portal of what is published."""

from plone.i18n.locales import languages

# Plone knows four hundred codes, and neither of these two: Dari as it is written in Afghanistan, and easy Swedish.
for code, name, native in (("fa-af", "Dari", "دری"), ("sv-simple", "Easy Swedish", "Lätt svenska")):
    languages._combinedlanguagelist.setdefault(code, {"name": name, "native": native, "flag": ""})
