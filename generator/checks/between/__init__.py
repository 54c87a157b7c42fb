"""The checks between documents: they compare what was noted of each project of a run."""

from generator.checks.between import (
    b701_name_variants,
    b702_department_projects,
    b703_last_year,
    b704_text_copied,
    b705_title_year,
    b706_department_counts,
)
from generator.checks.between.entries import BetweenCheck, YearCheck

BETWEEN_CHECKS: tuple[BetweenCheck, ...] = (
    b701_name_variants,
    b702_department_projects,
    b703_last_year,
    b704_text_copied,
    b705_title_year,
    b706_department_counts,
)
YEAR_CHECKS: tuple[YearCheck, ...] = (b701_name_variants, b704_text_copied)
