"""The files of one whole job."""

from benchmarks.cases import Measured
from benchmarks.make.clicks import click_log
from benchmarks.make.conversions import conversion_file
from benchmarks.make.programs import program_file
from benchmarks.make.world import World


def make(clicks: int, conversions: int, literals: int, regexes: int, used_regexes: int) -> Measured:
    """Make what is not there yet; `used_regexes` are those that the used codes are made for."""
    world = World(clicks, conversions)
    click_log(world)
    conversion_file(world, literals, used_regexes)
    program_file(literals, regexes)
    return {}
