#!/usr/bin/env python3
"""Compares ours with `npm audit`, both asking the fixture registry.

    npm_audit.py INDEXER FIXTURE

INDEXER is the program `package-registry-indexer`, FIXTURE the program `registry-fixture`. Every
release of the fixture's npm packages is installed into a lock file by itself and audited; then ours
collects and reports it. Exits with 1 on any difference.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

PACKAGES = ["left-trim", "@ember/ui"]


def audit(base, name, version, packument, work):
    release = packument["versions"][version]
    work.mkdir(parents=True)
    (work / "package.json").write_text(json.dumps(
        {"name": "root", "version": "1.0.0", "dependencies": {name: version}}))
    lock = {"name": "root", "version": "1.0.0", "lockfileVersion": 3, "requires": True, "packages": {
        "": {"name": "root", "version": "1.0.0", "dependencies": {name: version}},
        f"node_modules/{name}": {"version": version, "resolved": release["dist"]["tarball"]}}}
    (work / "package-lock.json").write_text(json.dumps(lock))
    run = subprocess.run(["npm", "audit", "--json", "--package-lock-only", f"--registry={base}/npm/"],
                         cwd=work, capture_output=True, text=True)
    answer = json.loads(run.stdout)
    if "vulnerabilities" not in answer:
        raise SystemExit(f"npm audit: {run.stdout} {run.stderr}")
    via = [v for entry in answer["vulnerabilities"].values() for v in entry["via"]]
    return {(v["url"].rsplit("/", 1)[-1], v["severity"]) for v in via if isinstance(v, dict)}


def main():
    indexer, fixture = (str(pathlib.Path(p).resolve()) for p in sys.argv[1:3])
    server = subprocess.Popen([fixture], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    settings = {}
    for line in server.stdout:
        key, _, value = line.strip().partition("=")
        if key == "ready":
            break
        settings[key] = value
    base = settings.pop("base")
    settings.pop("elsewhere")
    differences, count, affected = [], 0, 0
    with tempfile.TemporaryDirectory() as place:
        work = pathlib.Path(place)
        store = ["--store", str(work / "store.redb"), "--json"]
        endpoints = [word for k, v in settings.items() for word in ("--endpoint", f"{k}={v}")]
        for name in PACKAGES:
            url = f"{base}/npm/{name.replace('/', '%2f')}"
            packument = json.load(urllib.request.urlopen(url))
            for version in packument["versions"]:
                theirs = audit(base, name, version, packument, work / f"{count}")
                subprocess.run([indexer, "collect", *store, *endpoints, "--no-snippets", "--no-quality",
                                "-e", "npm", "-p", name, "--version", version],
                               check=True, capture_output=True)
                report = json.loads(subprocess.check_output(
                    [indexer, "advisories", *store, "--report", "-e", "npm", "-p", name,
                     "--version", version]))
                ours = {(a["id"], a["severity"]) for a in report["advisories"] + report["malicious"]}
                status = "affected" if theirs else "clean"
                count += 1
                affected += bool(theirs)
                if ours != theirs or report["status"] != status:
                    differences.append((name, version, theirs, ours, report["status"]))
    server.stdin.close()
    server.wait()
    print(f"{count} releases, {affected} of them affected, {len(differences)} differences")
    for difference in differences:
        print(*difference)
    sys.exit(bool(differences))


if __name__ == "__main__":
    main()
