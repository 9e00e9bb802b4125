"""Other mock servers, each answering one fixed body to the POST of each venue's path.

They keep no account, check no signature and write no journal: what is compared is the cost of answering.
Their packages are those of peers/package-lock.json. WireMock keeps no journal of requests and Prism prints
nothing for each, as their manuals advise for load. Mockoon writes a line for each, and has no option against it.
"""

import contextlib
import json
import pathlib
import uuid

from processes import Failed, Process, free_port
from wrk import PATHS, FixedSubject

WARM_UP_SECONDS = 10


def wiremock(folder, replies, port):
    root = pathlib.Path(folder) / "wiremock"
    (root / "mappings").mkdir(parents=True)
    for venue, body in replies.items():
        mapping = {"request": {"method": "POST", "urlPath": PATHS[venue]},
                   "response": {"status": 200, "body": body, "headers": {"Content-Type": "application/json"}}}
        (root / "mappings" / f"{venue}.json").write_text(json.dumps(mapping))
    return ["--port", port, "--bind-address", "127.0.0.1", "--root-dir", root, "--no-request-journal",
            "--disable-request-logging", "--disable-banner"]


def prism(folder, replies, port):
    # A body that the document does not have is refused with 415.
    request = {"content": {"application/json": {"schema": {}}}}
    paths = {PATHS[venue]: {"post": {"requestBody": request, "responses": {"200": {"description": "placed", "content": {
        "application/json": {"example": json.loads(body)}}}}}} for venue, body in replies.items()}
    document = pathlib.Path(folder) / "prism.json"
    document.write_text(json.dumps({"openapi": "3.0.3", "info": {"title": "fixed", "version": "1"}, "paths": paths}))
    return ["mock", document, "--host", "127.0.0.1", "--port", port, "--verboseLevel", "silent"]


def mockoon(folder, replies, port):
    routes = []
    for venue, body in replies.items():
        response = {"uuid": str(uuid.uuid4()), "body": body, "latency": 0, "statusCode": 200, "label": "",
                    "headers": [], "bodyType": "INLINE", "filePath": "", "databucketID": "", "sendFileAsBody": False,
                    "rules": [], "rulesOperator": "OR", "disableTemplating": True, "fallbackTo404": False,
                    "default": True, "crudKey": "id", "callbacks": []}
        routes.append({"uuid": str(uuid.uuid4()), "type": "http", "documentation": "", "method": "post",
                       "endpoint": PATHS[venue].lstrip("/"), "responses": [response], "responseMode": None,
                       "streamingMode": None, "streamingInterval": 0})
    environment = {
        "uuid": str(uuid.uuid4()), "lastMigration": 33, "name": "fixed", "endpointPrefix": "", "latency": 0,
        "port": port, "hostname": "127.0.0.1", "folders": [], "routes": routes,
        "rootChildren": [{"type": "route", "uuid": route["uuid"]} for route in routes],
        "proxyMode": False, "proxyHost": "", "proxyRemovePrefix": False, "proxyReqHeaders": [], "proxyResHeaders": [],
        "tlsOptions": {"enabled": False, "type": "CERT", "pfxPath": "", "certPath": "", "keyPath": "", "caPath": "",
                       "passphrase": ""},
        "cors": False, "headers": [{"key": "Content-Type", "value": "application/json"}], "data": [], "callbacks": []}
    document = pathlib.Path(folder) / "mockoon.json"
    document.write_text(json.dumps(environment))
    return ["start", "--data", document, "--port", port, "--hostname", "127.0.0.1", "--disable-log-to-file",
            "--disable-admin-api", "--repair"]


PEERS = {"wiremock": ("wiremock", wiremock), "prism": ("prism", prism), "mockoon": ("mockoon-cli", mockoon)}


PACKAGES = {"wiremock": "wiremock", "prism": "@stoplight/prism-cli", "mockoon": "@mockoon/cli"}


def versions(peers):
    """By name, of those that are installed."""
    out = {}
    for name, package in PACKAGES.items():
        with contextlib.suppress(OSError):
            text = (pathlib.Path(peers) / "node_modules" / package / "package.json").read_text()
            out[name] = json.loads(text)["version"]
    return out


def starters(peers, folder, replies):
    """By name what starts each; it raises Failed when that cannot be."""
    def start(name):
        program, prepare = PEERS[name]
        command = pathlib.Path(peers).resolve() / "node_modules" / ".bin" / program
        if not command.exists():
            raise Failed(f"{command} is not installed")
        port = free_port()
        arguments = map(str, prepare(folder, replies, port))
        process = Process([str(command), *arguments], pathlib.Path(folder) / f"{name}.log", cwd=folder)
        try:
            process.await_answer(port, PATHS["bingx"], "POST")
        except Failed:
            process.stop()
            raise
        return FixedSubject(name, process, WARM_UP_SECONDS)
    return {name: lambda name=name: start(name) for name in PEERS}
