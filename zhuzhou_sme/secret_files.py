"""Passwords and keys: from the file that `<NAME>_FILE` names, as containers hand them over, else from the variable
itself, for a developer's machine. What is in a file shows in no list of processes and no `docker inspect`."""

import os
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured


def secret(name: str) -> str:
    """'' when neither is given; refused when both are, or when the file is not there."""
    path = os.environ.get(f"{name}_FILE", "")
    if not path:
        return os.environ.get(name, "")
    if os.environ.get(name):
        raise ImproperlyConfigured(f"{name}和{name}_FILE只能设置一个。建议保留{name}_FILE,删除{name}。")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE指定的文件不能读取:{path}({error.strerror})") from None


def with_password(address: str, name: str) -> str:
    """The address with the password that `name` gives; as it is when none is given or it brings its own."""
    parts, password = urlsplit(address), secret(name)
    if not password or parts.password:
        return address
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{parts.username or ''}:{quote(password, safe='')}@{place}"))
