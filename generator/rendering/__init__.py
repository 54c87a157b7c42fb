"""Rendering floor: the model to Word documents."""
