"""Measurements: the year's run as a whole process and per stage. Not part of the test suite."""
