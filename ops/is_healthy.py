"""The container's health check: the home page answers, which takes the web server, the database and the cache."""

import http.client
import os
import sys

HEADERS = {"Host": os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0], "X-Forwarded-Proto": "https"}


def main() -> int:
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)
    try:
        connection.request("GET", "/", headers=HEADERS)
        return 0 if connection.getresponse().status == http.client.OK else 1
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
