"""A quarter as its checker finds it, which is what gathering starts from."""

from tests.evaluation.collection.checking.conftest import quarter

__all__ = ["quarter"]
