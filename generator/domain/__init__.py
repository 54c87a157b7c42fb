"""Domain floor: what a form, a rubric and a project are."""
