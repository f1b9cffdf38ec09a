"""Writes what customers said about a professional: marks, words, photos and the replies."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from db.demo.model import Picture, Review, Service
from db.demo.reading import read

FEWEST, MOST = 3, 12
OF_WOMEN = ("她", "阿姨", " her", " she ", "She ")


def reviews(
    *, services: Sequence[Service], talent: float, gender: str, now: datetime, rng: random.Random
) -> tuple[Review, ...]:
    """Newest first; nobody's page says the same sentence twice. `talent` (0–1) moves the marks."""
    said: set[str] = set()
    ages = sorted(int(400 * rng.random() ** 1.6) + 1 for _ in range(rng.randint(FEWEST, MOST)))
    return tuple(
        _review(rng.choice(services), talent, gender, _moment(now, age, rng), said, rng)
        for age in ages
    )


def _moment(now: datetime, age: int, rng: random.Random) -> datetime:
    """Some daytime minute that many days ago (Shanghai's evening is noon in UTC)."""
    day = (now - timedelta(days=age)).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(minutes=rng.randrange(1 * 60, 14 * 60))


def _review(
    service: Service, talent: float, gender: str, at: datetime, said: set[str], rng: random.Random
) -> Review:
    marks = [_mark(talent, rng)]
    marks += [max(1, min(5, marks[0] + rng.choice((0, 0, 0, 0, 1, -1)))) for _ in range(2)]
    mood = "good" if sum(marks) >= 13 else "mixed" if sum(marks) >= 9 else "bad"
    language = "en" if rng.random() < 0.14 else "zh"
    return Review(
        author=_author(language, rng),
        language={"zh": "zh_CN"}.get(language, language),
        service=service.code,
        quality=marks[0],
        attitude=marks[1],
        skill=marks[2],
        text=_text(service, gender, mood, language, said, rng),
        reply=_reply(mood, language, rng),
        pictures=_pictures(service, mood, rng),
        created_at=at,
    )


def _mark(talent: float, rng: random.Random) -> int:
    """Mostly 5, some 4, seldom less; the less gifted get more of the rest."""
    return 5 if rng.random() < talent else rng.choices((4, 3, 2, 1), weights=(70, 20, 7, 3))[0]


def _author(language: str, rng: random.Random) -> str:
    """Shortened for strangers: 王**, A***."""
    name = rng.choice(read("words")["reviewers"][language])
    return f"{name}**" if language == "zh" else f"{name[0]}***"


def _text(
    service: Service, gender: str, mood: str, language: str, said: set[str], rng: random.Random
) -> str:
    """One or two sentences that fit the service, or none: some only give stars."""
    if rng.random() < 0.08:
        return ""
    general = _fitting(read("words")["reviews"][mood][language], service, gender)
    special = read("words")["trades"][service.trade]["good"][language] if mood == "good" else []
    sentences = _fresh(_fitting(special, service, gender), said, rng, chance=0.7)
    if not sentences or rng.random() < 0.3:
        sentences += _fresh(general, said, rng, chance=1)
    return ("" if language == "zh" else " ").join(sentences)


def _fitting(pool: list[str], service: Service, gender: str) -> list[str]:
    """Sentences about another job, or about a woman when it was a man, are left out."""
    subjects = read("words")["subjects"]
    return [
        text
        for text in pool
        if all(service.code in codes for word, codes in subjects.items() if word in text)
        and (gender == "f" or not any(word in text for word in OF_WOMEN))
    ]


def _fresh(pool: list[str], said: set[str], rng: random.Random, *, chance: float) -> list[str]:
    unsaid = [text for text in pool if text not in said]
    if not unsaid or rng.random() > chance:
        return []
    text = rng.choice(unsaid)
    said.add(text)
    return [text]


def _reply(mood: str, language: str, rng: random.Random) -> str:
    if rng.random() > (0.25 if mood == "good" else 0.6):
        return ""
    kind = "thanks" if mood == "good" else "sorry"
    return str(rng.choice(read("words")["replies"][kind][language]))


def _pictures(service: Service, mood: str, rng: random.Random) -> tuple[Picture, ...]:
    """A quarter of the happy customers show the result."""
    fitting = [motif for motif, codes in read("words")["motifs"].items() if service.code in codes]
    if not fitting or mood == "bad" or rng.random() > 0.25:
        return ()
    motif = rng.choice(fitting)
    return tuple(Picture(motif, rng.randrange(10**6)) for _ in range(rng.choice((1, 1, 2))))
