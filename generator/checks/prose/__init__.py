"""Figures in prose: read with their unit, named by the words around them, compared with data."""
