from tests.web.conftest import office, site

__all__ = ["office", "site"]
