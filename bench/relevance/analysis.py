"""Elasticsearch's analyzers, as far as npms.io and PyPI use them."""
import functools
import re
import unicodedata

import snowballstemmer

STANDARD = re.compile(r"[^\W_]+(?:[._'][^\W_]+|_+[^\W_]+)*", re.UNICODE)
PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_A-Za-z]+")
STOP = frozenset("a an and are as at be but by for if in into is it no not of on or such that the "
                 "their then there these they this to was will with".split())
_porter = snowballstemmer.stemmer("porter")
_english = snowballstemmer.stemmer("english")


def fold(text):
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@functools.cache
def porter(word):
    return _porter.stemWord(word)


@functools.cache
def snowball(word):
    return _english.stemWord(word)


@functools.cache
def light(word):
    """Plurals only: what kstem, which needs its dictionary, does most of the time."""
    if len(word) > 3 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and re.search(r"(x|ch|sh|ss)es$", word):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not re.search(r"(ss|us|is)$", word):
        return word[:-1]
    return word


def same(word):
    return word


def package(text, stem=same):
    """npms.io's `package…` analyzers: a list of positions, each with the words that stand there.

    Standard tokenizer, then words split at case, digits and punctuation, the original kept at the
    place of its first part.
    """
    positions = []
    for match in STANDARD.finditer(fold(text or "")):
        token = match[0]
        parts = PARTS.findall(token.removesuffix("'s"))
        whole = stem(token.lower())
        parts = [stem(part.lower()) for part in parts] or [whole]
        positions.append({whole, parts[0]})
        positions.extend({part} for part in parts[1:])
    return positions


def prose(text):
    """The `snowball` analyzer: standard, lower case, stop words out, stemmed."""
    words = (m[0].lower() for m in STANDARD.finditer(text or ""))
    return [snowball(word) for word in words if word not in STOP]


def letters(text):
    """PyPI's analyzer of names: letters only."""
    return re.findall(r"[^\W\d_]+", (text or "").lower())
