"""What is configured: the settings of a program and its promo codes, from any file form the platform knows."""

from attribution.program.allowance import Allowance
from attribution.program.problem import Problem
from attribution.program.program import Program
from attribution.program.program_error import ProgramError
from attribution.program.promo_code import Deal, PromoCode
from attribution.program.settings import PRESETS, Settings

__all__ = ["PRESETS", "Allowance", "Deal", "Problem", "Program", "ProgramError", "PromoCode", "Settings"]
