"""Writes sessions as GN2 does, with the Flask-Session that is installed, to flask-sessions-<version>.json.

    python3 -m venv v05 && v05/bin/pip install flask-session==0.5.0 "flask<2.3" "werkzeug<2.3" redis pymonad
    python3 -m venv v08 && v08/bin/pip install flask-session==0.8.0 msgspec redis pymonad
    v05/bin/python flask_sessions.py && v08/bin/python flask_sessions.py

The content follows GN2's `gn2/wqflask/oauth2/session.py`. Ids of sessions are random.
"""

import base64
import json
import os
import pickle
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from uuid import UUID

from flask import Flask, session
from flask_session import Session
from pymonad.either import Left, Right
from redis import Redis

SECRET_KEY = "gn2-demo-secret-key"
ANON_ID = UUID("c6a1f4de-52d0-4d34-9d3c-0f0f6a7b8c91")
ACCOUNT_ID = UUID("0ad1004a-7f9c-4d0e-8f3b-6f5d1c2b3a49")
VERSION = version("flask-session")
PICKLES = VERSION.startswith("0.5")


class Memory(Redis):
    """A Redis without a server, for what Flask-Session asks of it."""

    def __init__(self):
        self.values = {}

    def get(self, name):
        return self.values.get(name)

    def set(self, name, value, ex=None):
        self.values[name] = value

    def setex(self, name, time, value):
        self.values[name] = value


class Protocol:
    """Pickles with one protocol, as another Python would by default."""

    def __init__(self, protocol):
        self.protocol = protocol

    def dumps(self, value):
        return pickle.dumps(value, protocol=self.protocol)


class Command:
    """An object whose unpickling runs a command."""

    def __reduce__(self):
        return os.system, ("touch /tmp/flask-session-was-executed",)


def info(user, **changes):
    return {
        "session_id": UUID("8d2a6c70-31a4-4f3c-9a55-1f6f0f2d7e11"),
        "user": user,
        "anon_id": ANON_ID,
        "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "ip_addr": "127.0.0.1",
        "masquerading": None,
        **changes,
    }


def anonymous():
    """GN2's token is an object of pymonad, which MessagePack cannot hold."""
    token = Left("INVALID-TOKEN") if PICKLES else None
    return {
        "user_id": ANON_ID,
        "name": "Anonymous User",
        "email": "anon@ymous.user",
        "token": token,
        "logged_in": False,
    }


def signed_in():
    token = {"access_token": "x", "expires_in": 864000}
    return {
        "user_id": ACCOUNT_ID,
        "name": "Somebody",
        "email": "somebody@example.org",
        "token": Right(token) if PICKLES else token,
        "logged_in": True,
    }


def write(name, content, is_read, protocol=None):
    """Lets Flask-Session store this content and make its cookie."""
    memory = Memory()
    app = Flask("gn2")
    app.config.update(SECRET_KEY=SECRET_KEY, SESSION_TYPE="redis", SESSION_USE_SIGNER=True, SESSION_REDIS=memory)
    Session(app)
    if protocol:
        app.session_interface.serializer = Protocol(protocol)

    @app.route("/")
    def visit():
        session.update(content)
        return ""

    headers = app.test_client().get("/").headers
    cookie = headers["Set-Cookie"].removeprefix("session=").split(";")[0]
    [(key, value)] = memory.values.items()
    return {
        "name": name,
        "cookie": cookie,
        "key": key,
        "value": base64.b64encode(value).decode(),
        "anon_id": str(ANON_ID) if is_read else None,
    }


def sessions():
    visitor = {"GN::2::session_info": info(anonymous())}
    yield write("anonymous", visitor, True)
    busy = {
        **visitor,
        "_flashes": [("alert-info", "Größe")] * 3,
        "when": datetime(2024, 10, 1, 12, 30, tzinfo=timezone.utc),
        "counts": {"traits": 70_000, "mean": -1.5, "low": -3, "big": 2**70 if PICKLES else 2**60},
        "raw": b"\x80\x04",
        "long": "x" * 300,
    }
    yield write("anonymous, with other content", busy, True)
    yield write("signed in", {"GN::2::session_info": info(signed_in())}, False)
    yield write("without a visitor", {"other": "application"}, False)
    yield write("without a user", {"GN::2::session_info": {"anon_id": ANON_ID}}, False)
    yield write("id that is no UUID", {"GN::2::session_info": info(anonymous(), anon_id="users")}, False)
    if PICKLES:
        for protocol in range(2, 6):
            yield write(f"anonymous, protocol {protocol}", busy, True, protocol)
            yield write(f"signed in, protocol {protocol}", {"GN::2::session_info": info(signed_in())}, False, protocol)
        yield write("runs a command", {**visitor, "command": Command()}, False)
        yield write("runs a command for the id", {"GN::2::session_info": info(anonymous(), anon_id=Command())}, False)


if __name__ == "__main__":
    content = {"flask_session": VERSION, "secret_key": SECRET_KEY, "sessions": list(sessions())}
    file = Path(__file__).with_name(f"flask-sessions-{VERSION}.json")
    file.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")
