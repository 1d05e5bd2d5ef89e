"""Requests as GN2 sends them (gn2/wqflask/oauth2/client.py), without its libraries.

GN2 sends its requests with `requests` and authlib: with a token if the visitor is signed in, else with
the id and the secret of its client in the body of each POST.
"""
import gzip
import json
import urllib.error
import urllib.parse
import urllib.request

# The headers that `requests` adds.
HEADERS = {"User-Agent": "python-requests/2.31.0", "Accept-Encoding": "gzip, deflate", "Accept": "*/*"}


class Answer:
    def __init__(self, status, reason, headers, content):
        self.status, self.reason, self.headers = status, reason, headers
        if headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        self.content = content

    def json(self):
        return json.loads(self.content)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(NoRedirect)


def send(method, url, headers=None, content=None):
    request = urllib.request.Request(
        url, data=content, method=method, headers={**HEADERS, **(headers or {})})
    try:
        with OPENER.open(request, timeout=60) as answer:
            return Answer(answer.status, answer.reason, answer.headers, answer.read())
    except urllib.error.HTTPError as answer:
        return Answer(answer.code, answer.reason, answer.headers, answer.read())


class Gn2:
    """GN2 with its visitor, whose anonymous id lies in the session."""

    def __init__(self, authserver, client_id, client_secret, anon_id, token=None):
        self.authserver, self.token = authserver, token
        self.client_id, self.client_secret = client_id, client_secret
        self.anon_id = anon_id

    def _url(self, path):
        return urllib.parse.urljoin(self.authserver, path)

    def _json(self, path, body, headers=None):
        content = json.dumps(body).encode()
        return send("POST", self._url(path), {"Content-Type": "application/json", **(headers or {})}, content)

    def _bearer(self):
        return {"Authorization": f"Bearer {self.token}"}

    def no_token_get(self, path):
        return send("GET", self._url(path))

    def oauth2_get(self, path):
        return send("GET", self._url(path), self._bearer())

    def no_token_post(self, path, body):
        credentials = {"client_id": self.client_id, "client_secret": self.client_secret}
        return self._json(path, {**body, **credentials})

    def oauth2_post(self, path, body):
        return self._json(path, body, self._bearer())

    def post(self, path, body):
        return (self.oauth2_post if self.token else self.no_token_post)(path, body)


def process_error(answer):
    """Returns what GN2 shows of an error: it joins all fields whose name begins with "error"."""
    error = answer.json()
    if 400 <= answer.status < 500:
        texts = [str(value) for key, value in error.items() if key.startswith("error")]
        return {"error": answer.reason, "error_description": " ; ".join(texts)}
    return {"error": error["error"], "error_description": error["error_description"]}
