"""Compares the outlines of universal-parser with what a language's own tool says.

Each language is a module `lang_<name>.py` with

    HELP                                 what the places on the command line are
    cases(places)                        yields a Case per package
    truth(case)                          yields Definitions
    prepare(snippets)                    changes ours before they are compared (optional)
    normal(signature, definition, ours)  a signature as it is compared (optional)
    reason(miss, case)                   why something differs (optional)
    reasons(misses, case)                the same for all at once (optional)

or `run(given)` alone, which does it all by itself.
"""

import argparse
import importlib
import json
import os
import subprocess
import sys

from score import Score

HERE = os.path.dirname(os.path.abspath(__file__))
LANGUAGES = sorted(name[5:-3] for name in os.listdir(HERE) if name.startswith("lang_") and name.endswith(".py"))


def ours(parser, case):
    """Our snippets, and what the parser said of files it skipped."""
    command = [parser, "--json", "--resolve", "--timeout-ms", "10000", "--package", case.package, *case.files]
    done = subprocess.run(command, cwd=case.root, capture_output=True, text=True, errors="replace")
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr.splitlines()


def measure(language, case, parser):
    snippets, skipped = ours(parser, case)
    if hasattr(language, "prepare"):
        language.prepare(snippets)
    score = Score(case, snippets, getattr(language, "normal", None))
    for definition in language.truth(case):
        score.add(definition)
    score.finish()
    if hasattr(language, "reasons"):
        language.reasons(score.misses, case)
    elif hasattr(language, "reason"):
        for miss in score.misses:
            miss["reason"] = language.reason(miss, case)
    score.skipped = skipped
    return score


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("language", choices=LANGUAGES)
    arguments.add_argument("places", nargs="+")
    arguments.add_argument("--parser", default=os.path.join(HERE, "../../target/release/universal-parser"))
    arguments.add_argument("--list", type=int, default=20, help="differences shown of each sort")
    arguments.add_argument("--json", action="store_true", help="one JSON object per package and no table")
    arguments.add_argument("--summary", action="store_true", help="one line of a table per package")
    given = arguments.parse_args()
    language = importlib.import_module("lang_" + given.language)
    if hasattr(language, "run"):
        return language.run(given)
    scores = []
    for case in language.cases([os.path.abspath(given.places[0]), *given.places[1:]]):
        score = measure(language, case, os.path.abspath(given.parser))
        if given.json:
            print(json.dumps({"language": given.language, **score.as_json()}), flush=True)
        elif given.summary:
            score.print_line(header=not scores)
        else:
            score.print_tables(given.list)
        scores.append(score)
    if given.summary and len(scores) > 1:
        total = scores[0].empty("together")
        for score in scores:
            total.merge(score)
        total.print_line(header=False)


if __name__ == "__main__":
    main()
