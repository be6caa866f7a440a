#!/usr/bin/env python3
"""Compares the operations and shapes of Vigil's API with botocore's service models.

    model.py FILE      FILE: [{name, service, method, uri, input}], as src/api/model_test.cc writes it

Every member, bound, enumeration, pattern and required member of the installed model has to be in Vigil's.
Vigil may know more: it follows the newest model, and the installed one may be older. Leaves with 77 if
botocore is not there, with 1 and a list if something differs.
"""
import json
import sys

try:
    import botocore.loaders
except ImportError:
    print("botocore is not installed")
    sys.exit(77)

# Where the newest model (August 2026) is wider than older ones that may be installed.
KINDS = {"string": "string", "integer": "integer", "long": "integer", "double": "number", "float": "number",
         "boolean": "boolean", "timestamp": "timestamp", "list": "list", "map": "map", "structure": "structure"}
PLACES = {"uri": "path", "querystring": "query"}


class Comparison:
    def __init__(self, model):
        self.shapes = model["shapes"]
        self.differences = []

    def differ(self, path, what, theirs, ours):
        self.differences.append(f"{path}: {what}: the model has {theirs!r}, Vigil has {ours!r}")

    def equal(self, path, what, theirs, ours):
        if theirs != ours:
            self.differ(path, what, theirs, ours)

    def shape(self, path, name, ours):
        theirs = self.shapes[name]
        kind = KINDS[theirs["type"]]
        if "enum" in theirs:
            kind = "enum"
        if theirs.get("union"):
            kind = "union"
        self.equal(path, "type", kind, ours["kind"])
        if kind != ours["kind"]:
            return
        if kind not in ("structure", "union", "enum"):
            self.equal(path, "least", theirs.get("min"), ours.get("least"))
            self.equal(path, "most", theirs.get("max"), ours.get("most"))
            self.equal(path, "pattern", theirs.get("pattern"), ours.get("pattern"))
        for word in theirs.get("enum", []):
            if word not in ours["values"]:
                self.differ(path, "word", word, ours["values"])
        if kind == "list":
            self.shape(path + "[]", theirs["member"]["shape"], ours["element"])
        if kind == "map":
            self.shape(path + "{key}", theirs["key"]["shape"], ours["key"])
            self.shape(path + "{}", theirs["value"]["shape"], ours["element"])
        if kind in ("structure", "union"):
            self.members(path, theirs, ours)

    def members(self, path, theirs, ours):
        mine = {member["name"]: member for member in ours["members"]}
        for name, member in theirs["members"].items():
            where = f"{path}.{name}"
            if name not in mine:
                self.differ(where, "member", name, None)
                continue
            self.equal(where, "required", name in theirs.get("required", []), mine[name]["required"])
            place = PLACES.get(member.get("location"), "body")
            self.equal(where, "place", place, mine[name]["place"])
            self.equal(where, "name on the wire", member.get("locationName", name), name)
            self.shape(where, member["shape"], mine[name]["shape"])


def main():
    operations = json.load(open(sys.argv[1], encoding="utf-8"))
    differences, compared = [], 0
    for service in ("inspector2", "inspector-scan"):
        try:
            model = botocore.loaders.Loader().load_service_model(service, "service-2")
        except botocore.exceptions.UnknownServiceError:
            print(f"botocore has no model of {service}")
            continue
        for operation in (o for o in operations if o["service"] == service):
            theirs = model["operations"].get(operation["name"])
            if theirs is None:
                print(f"the installed model has no {operation['name']}")
                continue
            compared += 1
            comparison = Comparison(model)
            name = operation["name"]
            comparison.equal(name, "method", theirs["http"]["method"], operation["method"])
            comparison.equal(name, "uri", theirs["http"]["requestUri"], operation["uri"])
            comparison.shape(name, theirs["input"]["shape"], operation["input"])
            differences += comparison.differences
    print(f"{compared} operations compared, {len(differences)} differences")
    print("\n".join(differences))
    return 1 if differences or compared == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
