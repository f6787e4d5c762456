"""The files of one whole job; each maker makes what is not there yet."""

from benchmarks.cases import Measured
from benchmarks.make.clicks import click_log
from benchmarks.make.conversions import conversion_file
from benchmarks.make.guest import Guests, guest_clicks, guest_conversions
from benchmarks.make.programs import program_file
from benchmarks.make.regulars import Shop, shop_clicks, shop_conversions
from benchmarks.make.world import World


def make(clicks: int, conversions: int, literals: int, regexes: int, used_regexes: int) -> Measured:
    """Many customers, of whom few convert; `used_regexes` are those that the used codes are made for."""
    world = World(clicks, conversions)
    click_log(world)
    conversion_file(world, literals, used_regexes)
    program_file(literals, regexes)
    return {}


def make_regulars(clicks: int, conversions: int, codes: int, literals: int, regexes: int) -> Measured:
    """A shop of regulars."""
    shop = Shop(clicks, conversions, codes, regexes)
    shop_clicks(shop)
    shop_conversions(shop)
    program_file(literals, regexes)
    return {}


def make_guests(
    clicks: int, conversions: int, more_clicks: int, more_orders: int, literals: int, regexes: int
) -> Measured:
    """A guest whom thousands share, and the same tables with a customer for each of the guest's orders."""
    for shared in (True, False):
        guests = Guests(World(clicks, conversions), more_clicks, more_orders, shared)
        guest_clicks(guests)
        guest_conversions(guests, literals, regexes)
    program_file(literals, regexes)
    return {}
