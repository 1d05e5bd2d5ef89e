"""Calls gn-collections as GN2 does, then a server like gn-auth in the same way, and compares the answers.

usage: main.py SERVERS.json, with `gn_auth` (the URLs of e2e/gn-auth-like), `theirs` and `ours` (the URLs
of the collection endpoints), `gn2` (`client_id` and `client_secret` that ours expects)
"""
import json
import re
import sys
import uuid

from calls import anonymous_list, story
from gn2 import Gn2, process_error
from sign_in import sign_in

HTTP_DATE = re.compile(r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$")
FIELDS = {"id", "name", "created", "changed", "num_members", "members"}


def check(condition, text):
    if not condition:
        sys.exit(f"error: {text}")


def tell(authserver, servers, token):
    """Returns the names and answers of the whole story at one server."""
    anon_id = str(uuid.uuid4())
    client = servers["gn2"]
    visitor = Gn2(authserver, client["client_id"], client["client_secret"], anon_id)
    user = Gn2(authserver, client["client_id"], client["client_secret"], anon_id, token)
    return list(story(visitor, user))


def check_collection(name, collection):
    check(set(collection) == FIELDS, f"{name}: fields {sorted(collection)}")
    uuid.UUID(collection["id"])
    for field in ("created", "changed"):
        check(HTTP_DATE.match(collection[field]), f"{name}: {field} is {collection[field]}")
    check(collection["num_members"] == len(collection["members"]), f"{name}: {collection}")


def collections(body):
    """Returns all collections in an answer."""
    if isinstance(body, list):
        return body
    if "members" in body:
        return [body]
    return [body["collection"]] if "collection" in body else []


def check_ours(name, answer):
    """Checks what GN2 needs of an answer of ours, and what gn-auth does not promise."""
    check(answer.headers["Content-Type"] == "application/json", f"{name}: no JSON")
    body = answer.json()
    if answer.status == 200:
        for collection in collections(body):
            check_collection(name, collection)
    else:
        shown = process_error(answer)
        check(all(shown.values()) and set(body) == {"error", "error_description"}, f"{name}: {body}")
        check("Traceback" not in str(body), f"{name}: a stack trace")


def comparable(answer):
    """Returns an answer without ids, times, the order of a set, and the words of errors."""
    body = answer.json()
    if answer.status != 200:
        return answer.status, sorted(field for field in body if field != "error-trace")
    compared = [
        {**one, "id": "", "created": "", "changed": "", "members": sorted(one["members"])}
        for one in collections(body)]
    compared.sort(key=lambda one: one["name"])
    rest = {} if isinstance(body, list) else {
        field: value for field, value in body.items() if field == "message"}
    kind = "list" if isinstance(body, list) else sorted(body)
    return answer.status, kind, compared, rest


def main():
    with open(sys.argv[1], encoding="utf8") as file:
        servers = json.load(file)
    token = sign_in(servers["gn_auth"], "Researcher00@jax.example", "demo")
    ours = tell(servers["ours"], servers, token)
    for name, answer in ours:
        check_ours(name, answer)
    check_order(dict(ours))
    check_refusals(servers)
    print(f"gn-collections answered {len(ours)} calls as GN2 reads them")
    theirs = tell(servers["theirs"], servers, token)
    for (name, our_answer), (_, their_answer) in zip(ours, theirs, strict=True):
        our, their = comparable(our_answer), comparable(their_answer)
        check(our == their, f"{name}:\n  ours   {our}\n  theirs {their}")
    print(f"{len(theirs)} answers are the same as gn-auth's, ids, times and the order of members aside")


def check_order(ours):
    for who in ("visitor", "user"):
        members = ours[f"{who}: view again"].json()["members"]
        check(members == ["b:D", "1435464_at:HC_M2_0606_P", "c:D"], f"{who}: the order is {members}")


def check_refusals(servers):
    """Checks that a wrong secret is refused, and how GN2 would show it."""
    stranger = Gn2(servers["ours"], servers["gn2"]["client_id"], "wrong", str(uuid.uuid4()))
    answer = stranger.no_token_post("auth/user/collections/new", {"anon_id": stranger.anon_id, "name": "n"})
    check(answer.status == 401, f"a wrong secret: {answer.status}")
    shown = process_error(answer)
    check(shown["error"] == "Unauthorized" and "invalid_client" in shown["error_description"], f"{shown}")
    check(anonymous_list(stranger).json() == [], "a wrong secret wrote something")


if __name__ == "__main__":
    main()
