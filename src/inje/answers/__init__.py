"""Answers: accounts compared, causes changed, and where to dig."""
