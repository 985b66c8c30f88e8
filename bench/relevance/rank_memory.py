"""npms.io's and PyPI's search and plain BM25, each over an index in memory."""
import collections
import math

import analysis

TOP = 50


class Postings:
    """Which documents hold a word in one field, and how often."""

    def __init__(self, documents):
        self.lengths = [len(words) for words in documents]
        self.average = max(sum(self.lengths) / max(len(documents), 1), 1e-9)
        self.holders = collections.defaultdict(dict)
        for number, words in enumerate(documents):
            for word, count in collections.Counter(words).items():
                self.holders[word][number] = count
        self.count = len(documents)

    def bm25(self, word, boost=1.0, k1=1.2, b=0.75):
        """Lucene's BM25 of every document that holds the word."""
        holders = self.holders.get(word, {})
        idf = math.log(1 + (self.count - len(holders) + 0.5) / (len(holders) + 0.5))
        for number, count in holders.items():
            norm = k1 * (1 - b + b * self.lengths[number] / self.average)
            yield number, boost * idf * count / (count + norm)


def best(scores, rows):
    order = sorted(scores.items(), key=lambda item: (-item[1], rows[item[0]]["name"]))
    return [rows[number]["name"] for number, score in order[:TOP] if score > 0]


class Bm25:
    """Plain BM25 of all text, any word, no popularity."""

    def __init__(self, rows):
        self.rows = rows
        text = ("\n".join([r["name"], " ".join(r.get("keywords", [])),
                           r.get("description") or "", r.get("readme") or ""]) for r in rows)
        self.postings = Postings([
            [word for place in analysis.package(t, analysis.snowball) for word in place]
            for t in text])

    def search(self, query):
        scores = collections.Counter()
        for place in analysis.package(query, analysis.snowball):
            for word in place:
                for number, score in self.postings.bm25(word):
                    scores[number] += score
        return best(scores, self.rows)


class Pypi:
    """Warehouse's query: `best_fields` over its boosted fields, or a prefix of the name."""

    BOOSTS = (("name", 10), ("keywords", 5), ("summary", 5), ("description", 5))

    def __init__(self, rows):
        self.rows = rows
        texts = {"name": [analysis.letters(r["name"]) for r in rows],
                 "keywords": [analysis.prose(" ".join(r.get("keywords", []))) for r in rows],
                 "summary": [analysis.prose(r.get("description")) for r in rows],
                 "description": [analysis.prose(r.get("readme")) for r in rows]}
        self.fields = {field: Postings(documents) for field, documents in texts.items()}
        self.names = [r["name"].lower().replace("_", "-").replace(".", "-") for r in rows]

    def search(self, query):
        scores = collections.Counter()
        for field, boost in self.BOOSTS:
            words = analysis.letters(query) if field == "name" else analysis.prose(query)
            sums = collections.Counter()
            for word in words:
                for number, score in self.fields[field].bm25(word, boost):
                    sums[number] += score
            for number, score in sums.items():
                scores[number] = max(scores[number], score)
        if len(query) > 1:
            for number, name in enumerate(self.names):
                if name.startswith(query):
                    scores[number] += 1.0
        return best(scores, self.rows)


class Npms:
    """npms.io's query: three ways to match, weighted by the package's score to the power of 15.3."""

    FIELDS = (("name", 4.0), ("description", 1.0), ("keywords", 2.0))
    POPULARITY, MAINTENANCE, QUALITY, EFFECT = 0.45, 0.28, 0.27, 15.3
    # What a package gets for the parts which its metadata does not tell (commits, issues, tests).
    USUAL = 0.7
    SHORTEST_GRAM, LONGEST_GRAM, SLOP = 4, 15, 3

    def __init__(self, rows):
        self.rows = rows
        most = math.log10(2 + max((r.get("downloads") or 0 for r in rows), default=0))
        self.prior = [self.score(row, most) ** self.EFFECT for row in rows]
        self.normal = [self.stemmed(field, analysis.light) for field, _ in self.FIELDS]
        self.aggressive = [self.stemmed(field, analysis.porter) for field, _ in self.FIELDS]
        self.places, self.grams = [], []
        for field, _ in self.FIELDS:
            places = [analysis.package(self.text(row, field)) for row in rows]
            grams = collections.defaultdict(set)
            for number, document in enumerate(places):
                for place in document:
                    for gram in self.edge_grams(place):
                        grams[gram].add(number)
            self.places.append(places)
            self.grams.append(grams)

    def score(self, row, most):
        popularity = math.log10(1 + (row.get("downloads") or 0)) / most
        # Carefulness is a third of quality: what is deprecated keeps 0.3 of it, unstable 0.7.
        stable = not row["version"].startswith("0.")
        dead = row.get("deprecated") or row.get("unmaintained") or row.get("retired")
        careful = 0.3 if dead else 1.0 if stable else 0.7
        quality = self.USUAL * (2 + careful) / 3
        return (self.POPULARITY * popularity + self.MAINTENANCE * self.USUAL
                + self.QUALITY * quality)

    @staticmethod
    def text(row, field):
        value = row.get(field) or ""
        return " ".join(value) if isinstance(value, list) else value

    def stemmed(self, field, stem):
        holders = collections.defaultdict(set)
        for number, row in enumerate(self.rows):
            for place in analysis.package(self.text(row, field), stem):
                for word in place:
                    holders[word].add(number)
        return holders

    def edge_grams(self, place):
        for word in place:
            for end in range(self.SHORTEST_GRAM, min(len(word), self.LONGEST_GRAM) + 1):
                yield word[:end]

    def idf(self, documents):
        return 1 + math.log(len(self.rows) / (documents + 1))

    def cross_fields(self, query, fields, stem, boost):
        """Every word of the query in any of the fields; a word counts in its best one."""
        found = None
        for place in analysis.package(query, stem):
            here = {}
            for word in place:
                holders = [field.get(word, ()) for field in fields]
                weight = self.idf(max(map(len, holders))) ** 2
                for (_, field_boost), numbers in zip(self.FIELDS, holders):
                    for number in numbers:
                        score = boost * field_boost * weight
                        here[number] = max(here.get(number, 0), score)
            if found is None:
                found = here
            else:
                found = {n: s + here[n] for n, s in found.items() if n in here}
        return found or {}

    def phrase(self, query):
        """All words as beginnings of words of one field, near each other; the best field counts."""
        scores = {}
        places = analysis.package(query)
        for (_, boost), grams, documents in zip(self.FIELDS, self.grams, self.places):
            holders = [set().union(*(grams.get(word, ()) for word in place)) for place in places]
            weight = sum(self.idf(len(numbers)) for numbers in holders) ** 2
            for number in set.intersection(*holders) if holders else ():
                frequency = self.near(places, documents[number])
                if frequency:
                    score = 3 * boost * weight * math.sqrt(frequency)
                    scores[number] = max(scores.get(number, 0), score)
        return scores

    def near(self, places, document):
        """The sloppy frequency of a phrase: 1 where its words stand in a row, less further apart."""
        at = [[n for n, place in enumerate(document)
               if any(word.startswith(w) and len(w) <= self.LONGEST_GRAM
                      for word in place for w in wanted)] for wanted in places]
        total = 0.0
        for start in at[0]:
            distance = 0
            for offset, positions in enumerate(at[1:], 1):
                nearest = min((abs(n - start - offset) for n in positions), default=99)
                distance = max(distance, nearest)
            if distance <= self.SLOP:
                total += 1 / (1 + distance)
        return total

    def search(self, query):
        ways = [self.phrase(query),
                self.cross_fields(query, self.normal, analysis.light, 3.0),
                self.cross_fields(query, self.aggressive, analysis.porter, 1.0)]
        scores = collections.Counter()
        for number in set().union(*ways):
            matched = [way[number] for way in ways if number in way]
            # Lucene's `coord`: the share of the clauses that matched.
            scores[number] = sum(matched) * len(matched) / len(ways) * self.prior[number]
            if self.rows[number]["name"] == query.lower():
                scores[number] = 100_000 + self.prior[number]
        # The plain score, which is small, must not fall under the exact name's 100 000.
        return best(scores, self.rows)
