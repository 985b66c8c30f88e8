"""crates.io's and hex.pm's search, asked of a real PostgreSQL in a directory of its own."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import psycopg

TOP = 50
SCHEMA = """
create function canon(x text) returns text immutable language sql
  as $$ select replace(lower(x), '-', '_') $$;
create table packages (
  id serial primary key, ecosystem text, name text, description text, keywords text, readme text,
  downloads bigint, document tsvector, description_words tsvector);
"""
# The columns and weights of crates.io's trigger; the description as hex.pm looks at it.
FILL = """
update packages set document =
    setweight(to_tsvector('english', name), 'A')
 || setweight(to_tsvector('english', keywords), 'B')
 || setweight(to_tsvector('english', description), 'C')
 || setweight(to_tsvector('english', readme), 'D'),
  description_words = to_tsvector('english', replace(description, '/', ' '));
create index on packages using gin (document);
analyze packages;
"""
# Exact canonical name, then rank, among the 1 000 most downloaded of what matches.
CRATES_IO = """
select name from (
  select * from packages
  where ecosystem = %(e)s
    and (document @@ plainto_tsquery('english', %(q)s) or canon(name) like canon(%(like)s))
  order by downloads desc nulls last limit 1000) found
order by canon(name) = canon(%(q)s) desc,
         ts_rank_cd(document, plainto_tsquery('english', %(q)s)) desc,
         downloads desc nulls last, name
limit %(top)s
"""
# Name or any word of the description, by downloads; the exact name is shown apart, above.
HEX_SEARCH = """
select name from packages
where ecosystem = %(e)s
  and (name ilike %(like)s or description_words @@ to_tsquery('english', %(any)s))
order by name = %(q)s desc, downloads desc nulls last, name limit %(top)s
"""
# The name only: itself, then what begins with it, then what holds it, each by downloads.
HEX_SUGGEST = """
select name from packages
where ecosystem = %(e)s and name ilike %(like)s
order by name = %(q)s desc, name ilike %(start)s desc, downloads desc nulls last, name
limit %(top)s
"""


def binaries():
    versions = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = shutil.which("initdb") or (str(versions[-1]) if versions else None)
    if found is None:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
    return pathlib.Path(found).parent


class Postgres:
    """A cluster that lives as long as the `with` block, reached by a socket only."""

    def __init__(self, rows):
        self.rows = rows

    def __enter__(self):
        self.directory = tempfile.mkdtemp(prefix="relevance-pg-")
        root = os.geteuid() == 0
        self.become = ["runuser", "-u", "postgres", "--"] if root else []
        if root:
            shutil.chown(self.directory, "postgres")
        self.run("initdb", "-D", f"{self.directory}/data", "-A", "trust", "-U", "bench",
                 "--locale=C.UTF-8", "-E", "UTF8")
        settings = f"-k {self.directory} -c listen_addresses= -c fsync=off -c shared_buffers=256MB"
        self.run("pg_ctl", "-D", f"{self.directory}/data", "-w", "-o", settings,
                 "-l", f"{self.directory}/log", "start")
        self.db = psycopg.connect(host=self.directory, user="bench", dbname="postgres",
                                  autocommit=True)
        self.db.execute(SCHEMA)
        columns = "ecosystem, name, description, keywords, readme, downloads"
        with self.db.cursor() as cursor, cursor.copy(f"copy packages ({columns}) from stdin") as c:
            for row in self.rows:
                c.write_row([v.replace("\0", "") if isinstance(v, str) else v for v in (
                    row["ecosystem"], row["name"], row.get("description") or "",
                    " ".join(row.get("keywords", [])), row.get("readme") or "",
                    row.get("downloads"))])
        self.db.execute(FILL)
        return self

    def __exit__(self, *_):
        self.db.close()
        self.run("pg_ctl", "-D", f"{self.directory}/data", "-m", "immediate", "stop")
        shutil.rmtree(self.directory, ignore_errors=True)

    def run(self, program, *arguments):
        command = [*self.become, str(binaries() / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")

    def ask(self, statement, ecosystem, query):
        escaped = re.sub(r"([%_\\])", r"\\\1", query)
        # hex.pm looks for a name of one or two letters as it stands only.
        hex_like = f"%{escaped}%" if len(query) >= 3 else escaped
        words = re.sub(r"[^\w\s]", "", query.replace("/", " ")).split()
        values = {"e": ecosystem, "q": query, "top": TOP, "any": " | ".join(words),
                  "like": f"%{query}%" if statement is CRATES_IO else hex_like,
                  "start": f"{escaped}%"}
        return [name for (name,) in self.db.execute(statement, values)]

    def crates_io(self, ecosystem, query):
        return self.ask(CRATES_IO, ecosystem, query)

    def hex_search(self, ecosystem, query):
        return self.ask(HEX_SEARCH, ecosystem, query)

    def hex_suggest(self, ecosystem, query):
        return self.ask(HEX_SUGGEST, ecosystem, query)
