"""The scoring core: one bundle in, one ranking out, with the reason of every score.

PURE: standard library only; no Django, no clock, no float, no input or output outside `__main__`.
"""
