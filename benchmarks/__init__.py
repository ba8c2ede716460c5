"""Timings of inje beside the limit of the machine and beside its peers."""
