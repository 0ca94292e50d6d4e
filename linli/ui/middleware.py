"""What happens to every page on its way out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class PackingMiddleware(GZipMiddleware):
    """Pages travel packed, a quarter of their size on a weak line; pictures and papers are packed already.

    Django's own adds a length by chance, and the form's token is masked anew on each page, so that the size of a page
    tells nothing of what stands in it (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The page, packed where the browser takes it so."""
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
