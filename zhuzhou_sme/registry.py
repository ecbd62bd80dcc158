"""The whole house from the bottom up, and the portal's own declaration. Every `registry.py` is named here or in its
app's; the order is the order of the drawn workflows and of the answers to a question."""

from core import registry as core
from core.declared import Declared, MenuEntry
from evaluation import registry as evaluation
from platforms import registry as platforms
from rewards import registry as rewards

DECLARED = Declared(
    "zhuzhou_sme",
    menu=(MenuEntry("system", 20, "角色与权限", "desk_roles", "core.view_roles"),),
)

HOUSE: tuple[Declared, ...] = (
    core.DECLARED,
    platforms.DECLARED,
    *evaluation.SLICES,
    rewards.DECLARED,
    DECLARED,
)
