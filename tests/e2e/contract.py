"""Holds every answer against the OpenAPI document that the server itself gives: a path, a status, a header or a field that is not in it
is a failure. The harness calls it for each request of each test."""

import json
import re
import urllib.parse

import jsonschema

SAMPLE = 20  # elements of a long array that are looked at
NOT_OURS = re.compile(r"/ui(/|$)|/favicon\.|/docs$|/openapi\.json$|/$|/ws$")


class Contract:
    def __init__(self, document):
        self.document = document
        self.resolver = jsonschema.RefResolver("", document)
        self.patterns = [(re.compile("^" + re.sub(r"\{\w+\}", "[^/]+", path) + "$"), path) for path in document["paths"]]
        # A path without parameters wins.
        self.patterns.sort(key=lambda entry: entry[1].count("{"))
        self.seen = set()

    def resolve(self, part):
        return self.resolver.resolve(part["$ref"])[1] if "$ref" in part else part

    def operation(self, method, path):
        for pattern, name in self.patterns:
            if pattern.match(path) and method.lower() in self.document["paths"][name]:
                return self.document["paths"][name][method.lower()]
        return None

    def check(self, method, target, answer):
        path = target.split("?")[0]
        method = "GET" if method == "HEAD" else method
        operation = self.operation(method, path)
        if not operation:
            unknown = answer.status in (400, 404, 405, 408, 411, 413, 421, 501) or NOT_OURS.search(path)
            assert unknown, f"{method} {path} answers {answer.status}, and is not in the document"
            return
        where = f"{method} {path} {answer.status}"
        assert str(answer.status) in operation["responses"], f"{where}: the status is not in the document"
        if answer.status < 300:
            self.seen.add(operation["operationId"])
        self.check_query(operation, target, answer, where)
        response = self.resolve(operation["responses"][str(answer.status)])
        for name in answer.headers:
            known = name.lower() in {"content-type", "content-length", "connection", "x-content-type-options", "retry-after", *map(str.lower, response.get("headers", {}))}
            assert known, f"{where}: the header {name} is not in the document"
        self.check_body(response, answer, where)

    def check_query(self, operation, target, answer, where):
        if answer.status >= 300:
            return
        known = {self.resolve(p)["name"] for p in operation.get("parameters", [])}
        for name, _ in urllib.parse.parse_qsl(urllib.parse.urlsplit(target).query):
            assert name in known, f"{where}: the query parameter {name} is not in the document"

    def check_body(self, response, answer, where):
        kind = answer.headers.get("Content-Type", "").split(";")[0]
        assert kind in response["content"], f"{where}: {kind} is not in the document"
        if not kind.endswith("json") or not answer.body:
            return
        body = json.loads(answer.body)
        if isinstance(body, list):
            body = body[:SAMPLE]
        schema = response["content"][kind]["schema"]
        validator = jsonschema.Draft202012Validator(schema, resolver=self.resolver)
        wrong = [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in validator.iter_errors(body)]
        assert not wrong, f"{where}: {wrong[:5]}"


_contracts = {}


def of(server):
    """The contract of a server, by its own words."""
    key = server.ready["pid"]
    if key not in _contracts:
        answer = server.ask_unchecked("GET", "/openapi.json")
        assert answer.status == 200, "there is no /openapi.json: build the dashboard first, it comes with it"
        _contracts[key] = Contract(answer.json())
    return _contracts[key]
