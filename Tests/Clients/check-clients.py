#!/usr/bin/env python3
"""Lets a client of SEPM's API that nobody wrote for Waltz work with a lab: `sepm-api` from PyPI, by Alex Almero.

    Tests/Clients/check-clients.py WALTZ

Whoever automates SEPM does so with such clients, and a lab that only Waltz's own understands would prove little. It knows
neither the lab nor Waltz.
Run with the Python of .build/checks, which .ci/set-up-checks makes.
"""

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile

WALTZ = os.path.abspath(sys.argv[1])
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DONE = []
FAILED = []


def check(what, holds):
    DONE.append(what)
    if not holds:
        FAILED.append(what)
        print(f"check-clients: {what}", file=sys.stderr)


def journey(site):
    import sepm

    with contextlib.redirect_stdout(io.StringIO()):  # it prints how it logs on
        api = sepm.SymantecEndpointProtectionManagerAPI(
            username=site["username"], password=site["password"],
            base_url=site["api"] + "/sepm/api/v1", suppress_logging=True)

    check("a version has three members",
          {"API_SEQUENCE", "API_VERSION", "version"} == api.version.getVersion().keys())
    check("the account is a system administrator's",
          api.administrators.getCurrentUserToken()["role"]["bitMask"] == 8)
    check("there is one domain", [d["name"] for d in api.domains.getDomains()] == ["Default"])
    check("the database is told",
          api.administrators.getLocalDatabase()["type"] == "Microsoft SQL Server")
    check("there are two servers, with ids", len({s["id"] for s in api.administrators.getServers()}) == 2)
    check("licences are summed up", api.administrators.getSEPMLicenseSummary()["ended"] is False)
    check("licences are listed", len(api.administrators.getAllLicenses()) == 1)
    check("administrators are listed",
          [a["loginName"] for a in api.administrators.getAllAdminUserDetails()] == [site["username"]])

    # Pages are asked for from 1, and numbered from 0.
    groups, page = [], 1
    while True:
        answer = api.groups.getGroups(pageIndex=page, pageSize=3)
        check(f"page {page} is number {page - 1}", answer["number"] == page - 1)
        groups += answer["content"]
        if answer["lastPage"] or page > 99:
            break
        page += 1
    check("all pages hold as many groups as are told", len(groups) == answer["totalElements"] > 3)
    group = next(g for g in groups if not g["policyInheritanceEnabled"])
    check("a group is told by its id",
          api.groups.getGroupDetail(group["id"])["fullPathName"] == group["fullPathName"])
    location = api.groups.getLocationIdsForGroups(group["id"])[0].rsplit("/", 1)[-1]
    settings = api.groups.getGroupSettings(group["id"], location)["configuration"]
    check("a location has communication settings", settings["communication_settings"]["mode"] == "PULL")

    found = api.computers.getComputers(pageSize=50, sort="COMPUTER_ID", order="ASC")
    check("a page has 50 computers", found["size"] == len(found["content"]) == 50)
    one = found["content"][0]
    check("a computer is found by its name", one["uniqueId"] in {
        c["uniqueId"] for c in api.computers.getComputers(computerName=one["computerName"])["content"]})
    check("computers of a group are listed", all(
        c["group"]["id"] == one["group"]["id"]
        for c in api.groups.getComputersByGroupID(one["group"]["id"], pageSize=5)["content"]))

    counts = api.statistics.getClientOfflineOnlineCountStats()["clientCountStatsList"]
    check("clients online and offline are all clients",
          sum(c["clientsCount"] for c in counts) == found["totalElements"])
    check("versions are counted", sum(
        v["clientsCount"] for v in api.statistics.getClientVersion()["clientVersionList"]
    ) == found["totalElements"])
    check("contents are counted", api.statistics.getClientDefStatus()["clientDefStatusList"])

    check("the site replicates", api.replication.isSiteHasReplicationPartner() is True)
    partners = api.replication.getReplicationStatus()["replicationStatus"]["replicationPartnerStatusList"]
    check("the partner is told by its name", [p["name"] for p in partners] == ["berlin"])
    check("replication can be started", api.replication.replicateNow("berlin", False, False) == {"code": 0})

    # This client leaves an equals sign out of the addresses of commands; so the answer is a documented error.
    try:
        api.commands.fullScan("", one["uniqueId"])
        check("a command for nobody is refused", False)
    except sepm.APIError as error:
        check("an error has three strings",
              error.status == 400 and {type(v) for v in error.message.values()} == {str}
              and error.message.keys() == {"errorCode", "appErrorCode", "errorMessage"})
    api.identity.logout()
    try:
        api.domains.getDomains()
        check("a token that was given back is refused", False)
    except sepm.APIError as error:
        check("a token that was given back is 401", error.status == 401)


def main():
    with tempfile.TemporaryDirectory() as folder:
        lab = subprocess.Popen(
            [WALTZ, "lab", "up", f"{ROOT}/plans/quickstart.yaml", "--speed", "60", "--state",
             f"{folder}/lab", "--format", "json"], stdout=subprocess.PIPE, text=True, cwd=folder)
        try:
            description = json.loads(lab.stdout.readline())
            os.environ["REQUESTS_CA_BUNDLE"] = f"{folder}/lab/ca.pem"
            journey(description["sites"]["paris"])
        finally:
            lab.terminate()
            lab.wait()
    print(f"check-clients: {len(DONE) - len(FAILED)} of {len(DONE)} hold for sepm-api")
    sys.exit(1 if FAILED else 0)


main()
