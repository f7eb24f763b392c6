"""Measures (指标): how much, for each holder, in a window, under conditions, as of a point in the ledger."""
