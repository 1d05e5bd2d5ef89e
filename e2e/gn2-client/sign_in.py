"""Signs a person in at a server like gn-auth, and returns the access token."""
import json
import urllib.parse

from gn2 import send

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def post_form(url, fields):
    return send("POST", url, FORM, urllib.parse.urlencode(fields).encode())


def sign_in(urls, email, password):
    client = {"client_id": urls["client_id"]}
    signed_in = post_form(urls["authorize_url"], {**client, "email": email, "password": password})
    callback = urllib.parse.urlparse(signed_in.headers["Location"])
    code = urllib.parse.parse_qs(callback.query)["code"][0]
    fields = {**client, "client_secret": urls["client_secret"], "grant_type": "authorization_code", "code": code}
    return json.loads(post_form(urls["token_url"], fields).content)["access_token"]
