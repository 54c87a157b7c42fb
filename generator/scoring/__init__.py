"""Scoring floor: pure functions from figures and indicators to scores and steps."""
