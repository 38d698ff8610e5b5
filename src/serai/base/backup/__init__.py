"""Copies of the whole house: make, verify, put back, carry to another database, keep in turn."""
