"""Accounts of staff, their passkeys, and wrong tries."""
