"""The fictional demonstration: its data, and how the portal's own actions make years of them."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
