"""Which reading of a method this program follows."""

ENGINE = 1
"""Raised whenever the same method and figures would give another sheet; sealed results say theirs."""
