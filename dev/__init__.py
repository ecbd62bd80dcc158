"""Brings a bare machine up: `python3 -m dev run|test|check|reset|lock`.

Standard library only and Python 3.11.2 onwards, because it runs before anything is installed.
It knows the project from outside (its commands and variables) and imports none of its apps.
"""
