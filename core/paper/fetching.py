"""What a document may load while it is laid out: the fonts handed over with it, and nothing else."""

from collections.abc import Mapping

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse


class RefusedAddress(ValueError):  # noqa: N818  the document asked for something that it may not have
    """A document asked for a file, an image or an address. Nothing was opened and no document comes of it."""


class BundledOnly(URLFetcher):
    """Answers the addresses in `bundled` from memory and refuses everything else, so that neither a file of this
    machine nor an address inside the network can find its way into a document."""

    def __init__(self, bundled: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self._bundled = bundled
        self.refused: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        try:
            return URLFetcherResponse(url, self._bundled[url], {"Content-Type": "font/otf"})
        except KeyError:
            self.refused.append(url)
            raise RefusedAddress(f"a document may not load {url!r}") from None


__all__ = ["BundledOnly", "FatalURLFetchingError", "RefusedAddress"]
