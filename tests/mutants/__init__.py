"""Faults put into a copy of the code, one at a time: does a test see each?"""
