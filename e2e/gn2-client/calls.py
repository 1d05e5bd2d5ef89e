"""The ten calls, as GN2's collect.py makes them, in one story of a visitor who signs in."""

COLLECTIONS = "auth/user/collections"
NOBODY = "00000000-0000-4000-8000-000000000000"


def anonymous_list(gn2):
    return gn2.no_token_get(f"{COLLECTIONS}/{gn2.anon_id}/list")


def user_list(gn2):
    return gn2.oauth2_get(f"{COLLECTIONS}/list")


def new(gn2, name, traits):
    body = {"name": name, "anon_id": gn2.anon_id, "traits": traits, "hash": False}
    return gn2.post(f"{COLLECTIONS}/new", body)


def default_collection(gn2):
    body = {"anon_id": gn2.anon_id, "name": "Your Default Collection", "traits": []}
    return gn2.post(f"{COLLECTIONS}/new", body)


def view(gn2, collection):
    return gn2.post(f"{COLLECTIONS}/{collection}/view", {"anon_id": gn2.anon_id})


def add(gn2, collection, traits):
    body = {"anon_id": gn2.anon_id, "traits": traits}
    return gn2.post(f"{COLLECTIONS}/{collection}/traits/add", body)


def remove(gn2, collection, traits):
    body = {"anon_id": gn2.anon_id, "traits": traits}
    return gn2.post(f"{COLLECTIONS}/{collection}/traits/remove", body)


def rename(gn2, collection, name):
    body = {"anon_id": gn2.anon_id, "new_name": name}
    return gn2.post(f"{COLLECTIONS}/{collection}/rename", body)


def delete(gn2, collections):
    body = {"anon_id": gn2.anon_id, "collection_ids": collections}
    return gn2.post(f"{COLLECTIONS}/delete", body)


def handle_anonymous(gn2, choice):
    return gn2.oauth2_post(f"{COLLECTIONS}/anonymous/{choice}", {"anon_id": gn2.anon_id})


def edits(gn2, who, lists):
    """Makes, shows, changes and deletes collections of one list."""
    yield f"{who}: empty list", lists(gn2)
    made = new(gn2, f"Größe of the {who}", ["b:D", "a:D", "1435464_at:HC_M2_0606_P"])
    yield f"{who}: new", made
    one = made.json()["id"]
    made = default_collection(gn2)
    yield f"{who}: default collection", made
    default = made.json()["id"]
    yield f"{who}: list", lists(gn2)
    yield f"{who}: view", view(gn2, one)
    yield f"{who}: add", add(gn2, one, ["c:D", "b:D"])
    yield f"{who}: add nothing", add(gn2, one, [])
    yield f"{who}: remove", remove(gn2, one, ["a:D", "not:there"])
    yield f"{who}: remove nothing", remove(gn2, one, [])
    yield f"{who}: rename", rename(gn2, one, f"of the {who}")
    yield f"{who}: rename to nothing", rename(gn2, one, "")
    yield f"{who}: view again", view(gn2, one)
    for name, answer in (("view", view(gn2, NOBODY)), ("add", add(gn2, NOBODY, ["a:D"])),
                         ("remove", remove(gn2, NOBODY, ["a:D"])), ("rename", rename(gn2, NOBODY, "n"))):
        yield f"{who}: {name} of an unknown collection", answer
    yield f"{who}: delete", delete(gn2, [default, NOBODY])
    yield f"{who}: list at the end", lists(gn2)


def story(visitor, user):
    """Yields the name and the answer of each call: first of a visitor, then of the same person signed in."""
    yield from edits(visitor, "visitor", anonymous_list)
    yield from edits(user, "user", user_list)
    nobody = type(user)(user.authserver, user.client_id, user.client_secret, user.anon_id, "no-token")
    yield "list with an unknown token", user_list(nobody)
    yield "list without a token", user.no_token_get(f"{COLLECTIONS}/list")
    yield "import", handle_anonymous(user, "import")
    yield "anonymous list after the import", anonymous_list(user)
    yield "list after the import", user_list(user)
    yield "new after the import", new(visitor, "another", ["e:D"])
    yield "delete the anonymous ones", handle_anonymous(user, "delete")
    yield "anonymous list after the deletion", anonymous_list(user)
    all_of_user = [one["id"] for one in user_list(user).json()]
    yield "delete from both lists", delete(user, all_of_user)
    yield "list after all", user_list(user)
