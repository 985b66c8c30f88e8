#!/usr/bin/env python3
"""Writes a zip of OSV records, as its export has them, always the same.

    osv_zip.py FILE [RECORDS]

About npm packages; 5 000 records by default, some 2.5 kB each: two intervals, listed versions, details.
"""

import json
import random
import sys
import zipfile

WORDS = ("parser request server stream buffer token header cookie session redirect template query path "
         "upload crash memory denial injection traversal prototype pollution expression backtracking").split()


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    r = random.Random(5)
    with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as out:
        for n in range(count):
            name = f"{r.choice(WORDS)}-{r.choice(WORDS)}-{r.randrange(count // 3)}"
            day = f"{2018 + n % 8}-{1 + n % 12:02}-{1 + n % 28:02}T{n % 24:02}:00:00Z"
            major = r.randrange(1, 5)
            record = {
                "schema_version": "1.7.0", "id": f"GHSA-{n:04x}-bench-{r.randrange(65536):04x}",
                "modified": day, "published": day, "aliases": [f"CVE-{2018 + n % 8}-{10000 + n}"],
                "summary": " ".join(r.choices(WORDS, k=8)),
                "details": ". ".join(" ".join(r.choices(WORDS, k=12)) for _ in range(15)),
                "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"}],
                "affected": [{"package": {"name": name, "ecosystem": "npm", "purl": f"pkg:npm/{name}"},
                              "ranges": [{"type": "SEMVER", "events": [
                                  {"introduced": "0"}, {"fixed": f"{major}.{r.randrange(9)}.0"},
                                  {"introduced": f"{major + 1}.0.0"}, {"fixed": f"{major + 1}.2.1"}]}],
                              "versions": [f"{major}.{i}.0" for i in range(r.randrange(3))]}],
                "references": [{"type": "WEB", "url": f"https://example.test/{n}/{i}"} for i in range(3)],
                "database_specific": {"severity": "HIGH", "cwe_ids": ["CWE-79"]},
            }
            if n % 40 == 0:
                record["withdrawn"] = day
            out.writestr(f"{record['id']}.json", json.dumps(record))


if __name__ == "__main__":
    main()
