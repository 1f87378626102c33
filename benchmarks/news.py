"""Made-up news for measurements: political dispatches, everything else that papers print, and the pages around them.

Sentences are drawn from templates whose slots are filled from lists, so that no two documents are alike and the
vocabulary is that of a newspaper. Nothing is taken from anywhere.
"""

from __future__ import annotations

import html
import random

STATES = ("France Egypt Japan Brazil Kenya Turkey India Norway Canada Poland Iran Iraq Russia Ukraine China Vietnam Peru Chile Mexico "
          "Spain Italy Greece Serbia Kosovo Ghana Nigeria Sudan Ethiopia Eritrea Jordan Lebanon Israel Qatar Yemen Oman Pakistan "
          "Nepal Thailand Malaysia Indonesia Australia Germany Austria Hungary Romania Moldova Armenia Azerbaijan Georgia").split()  # fmt: skip
CITIES = ("Geneva Vienna Cairo Ankara Moscow Kyiv Beijing Tokyo Delhi Nairobi Lagos Lima Santiago Madrid Rome Athens Belgrade Amman "
          "Beirut Doha Muscat Islamabad Kathmandu Bangkok Jakarta Canberra Berlin Budapest Bucharest Yerevan Baku Tbilisi").split()  # fmt: skip
FIRST = ("Anna Omar Kenji Rosa Viktor Leila Samuel Ingrid Pablo Mei Tariq Sofia Daniel Amina Georg Lucia Ivan Farah Hugo Nadia "
         "Pierre Yara Anton Grace Milan Zainab Oskar Irene Rafael Hana").split()  # fmt: skip
LAST = ("Lindqvist Haddad Mori Alves Petrov Rahimi Okafor Larsen Herrera Zhang Aziz Marino Novak Diallo Weiss Costa Sokolov Khan "
        "Bernard Popescu Dubois Mansour Orlov Mensah Jovanovic Sesay Nilsson Papadakis Moreno Tanaka").split()  # fmt: skip
OFFICES = ("Foreign Minister", "President", "Prime Minister", "Deputy Foreign Minister", "Defence Minister", "Ambassador", "spokesman",
           "Trade Minister", "Interior Minister", "special envoy")  # fmt: skip
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MATTERS = ("the pipeline", "the border crossing", "the fishing grounds", "the ceasefire", "the inspection of the plant", "the customs union",
           "the prisoners", "the river treaty", "the air corridor", "the reconstruction fund", "grain exports", "the disputed islands")  # fmt: skip

POLITICS = (
    "{o} {p} of {a} said on {day} that the talks with {b} in {c} had been useful, but that the hardest questions remained open.",
    '"We do not accept that {b} alone decides on {m}," {o} {p} of {a} told reporters after the session.',
    "{a} accused {b} of moving troops towards {c}, which {b} denied, calling the report a fabrication.",
    "The two governments signed an agreement on {m} in {c} last {day}, after {n} hours of negotiations.",
    "According to the foreign ministry in {c}, {a} will lift its sanctions step by step once inspectors have reported to the agency.",
    "{b} expelled {n} diplomats of {a} last week and threatened to close the consulate in {c}.",
    "Observers believe that the parliament of {b} will vote against the treaty, although nothing has been published yet.",
    "{a} and {b} agreed to resume flights between {c} and the coast, and to exchange {n} prisoners before the end of the month.",
    "The United Nations urged {a} to withdraw its soldiers from {c} and offered to send {n} observers.",
    "{o} {p} rejected the proposal of {b}, saying that it ignored {m} and the rights of those who had been driven out.",
    "Police in {c} arrested {n} demonstrators who had called for the release of opposition leader {q}.",
    "{a} announced that it would deploy a frigate to protect its ships, a step that {b} described as a provocation.",
    "In a letter to the Security Council, {b} asked for an urgent meeting on {m} and on {n} soldiers of {a}.",
    "{p}, who led the delegation of {a}, flew to {c} on {day} to meet {o} {q} of {b}.",
    "The European Union approved {n} million euros in aid for {a}, on condition that the courts be reformed.",
    "{b} has suspended its part of the accord until {a} allows the inspectors back to {c}, an official said.",
    "Rebels shelled the outskirts of {c} overnight and killed {n} people, the army of {a} said in a statement.",
    "{a} welcomed the decision and promised to return its ambassador to {c} within {n} days.",
)
AROUND = (
    "The road to {c} winds for {n} hours through hills where the almond trees were in flower that week.",
    "The meeting in {c} had been planned for {day}, and was put off {n} times because of the weather and once for an illness.",
    "In the market of {c} the price of bread rose by {n} percent over the year, and that of oil by more.",
    "Of the {n} families who live along the river at {c} few remember a time when the bridge was open to carts and cattle.",
    "The hall, built for an exhibition in the last century, holds {n} people and has a roof of green glass.",
    "It was not clear how long this would take, or who would pay for the house in {c}, with its {n} rooms, in the end.",
    "Much of what was known about the matter came from {n} pages that had been left on a copying machine in {c}.",
    "Outside, {n} brass bands of {c} played, and children sold paper flags of all colours to whoever came by.",
)
SPORT = (
    "{p} scored twice in the second half as the team from {c} beat their neighbours by three goals to one on {day}.",
    "The keeper, {p}, who had missed {n} matches with a torn ligament, saved a penalty in the last minute.",
    "With {n} points from as many games the club stays third in the table, two behind {c}.",
    "{p} won the women's marathon in {c} in a time that nobody had thought possible on that course.",
    "The coach, {p}, praised his forwards and said the result in {c} had flattered both sides a little.",
    "Rain held up play in {c} on {day}, and the batsmen added only {n} runs before tea.",
    "A crowd of {n} thousand saw {p} drop the first set in {c} and then lose only four more games.",
    "The stadium of {c} will get a new pitch over the summer, and {n} better seats behind both goals.",
)
WEATHER = (
    "Heavy clouds will move in from the west on {day}, with up to {n} millimetres of rain on the hills above {c}.",
    "Temperatures reached {n} degrees in {c}, the warmest day of the season so far.",
    "Drivers around {c} are advised to allow {n} minutes more, since ice is likely on bridges before dawn on {day}.",
    "The storm passed {n} miles to the north of {c} and left little more than broken branches in the parks.",
    "A ridge of high pressure keeps the coast at {c} dry until {day}, when the wind turns, at {n} degrees.",
)
BUSINESS = (
    "Shares of the airline of {c} fell {n} percent after it said that fuel had eaten up the profit of the quarter.",
    "The company, which makes pumps and valves in {c}, plans to open a second plant and hire {n} people.",
    "Sales of small cars in {c} rose for the fourth month, to {n} thousand, helped by cheaper loans and a new electric model.",
    "{p}, the founder of the works in {c}, owns {n} percent and keeps a seat on the board.",
    "Analysts had expected a bigger dividend, and the stock, up {n} percent in {c}, gave up its gains by the afternoon.",
    "A kilogram of coffee costs {n} percent more than a year ago, {p} says, who roasts it in {c}.",
    "The bank of {c} left its forecast of {n} unchanged and pointed to strong orders from makers of furniture.",
)
CULTURE = (
    "The singer {p} opened her tour in {c} with songs from an album that took {n} years to make.",
    "The museum of {c} shows {n} drawings of gardens, most of them never seen in public, until the end of the summer.",
    "In his third novel {p} follows a family of bakers in {c} through {n} years and five houses.",
    "The film, shot in black and white on the outskirts of {c}, won two prizes and hardly any viewers.",
    "Tickets for the festival in {c} sold out in {n} minutes, and the organisers added a matinee.",
    "The voice of the soprano, {p}, warm in the middle and bright at the top, filled the old theatre of {c} with ease.",
    "Cut the aubergines of {c} lengthwise, salt them, and let them rest for {n} minutes before they go into the oven.",
)
SCIENCE = (
    "Biologists at the university of {c} counted {n} species of moss on a single wall.",
    "The telescope at {c} found water vapour around a planet that circles its star in {n} days.",
    "People who walk for half an hour a day sleep longer, according to a study of {n} volunteers by {p}.",
    "The new battery of {p} keeps most of its charge after {n} cycles, the engineers write in a journal.",
    "{p}, a geologist, has mapped {n} caves below {c} for most of her life.",
    "The gene that {p} found in {c} makes the leaves thicker, so that the plants lose less water in the heat.",
)
LOCAL = (
    "A lorry with {n} crates of oranges overturned on the ring road near {c}; nobody was hurt.",
    "The fire brigade of {c} needed {n} hours to free a cow from a well behind the school.",
    "Two men of {c} stole {n} copper pipes from a building site and were seen loading them into a grey van.",
    "The bakery of {p} on the corner closes after {n} years because the owner retires and found no successor.",
    "Parents can enrol their children in swimming lessons from {day} at the counter of the pool in {c}.",
    "Lightning struck the steeple of the church of {c} on {day}, and the clock has shown twenty past four since.",
)
KINDS = {
    "sport": SPORT,
    "weather": WEATHER,
    "business": BUSINESS,
    "culture": CULTURE,
    "science": SCIENCE,
    "local": LOCAL,
}


def sentence(dice: random.Random, templates: tuple[str, ...]) -> str:
    a, b = dice.sample(STATES, 2)
    return dice.choice(templates).format(
        a=a, b=b, c=dice.choice(CITIES), o=dice.choice(OFFICES), m=dice.choice(MATTERS), day=dice.choice(DAYS),
        p=f"{dice.choice(FIRST)} {dice.choice(LAST)}", q=f"{dice.choice(FIRST)} {dice.choice(LAST)}",
        n=dice.randint(2, 95),
    )  # fmt: skip


def paragraphs(dice: random.Random, kind: str, words: int) -> list[str]:
    """Paragraphs of three sentences with about `words` words: 'politics', of which a third of the sentences tell of
    nothing political, or one of `KINDS`."""
    lines: list[str] = []
    count = 0
    while count < words:
        templates = KINDS.get(kind) or (POLITICS if dice.random() < 0.67 else AROUND)
        lines.append(sentence(dice, templates))
        count += len(lines[-1].split())
    return [" ".join(lines[i : i + 3]) for i in range(0, len(lines), 3)]


def article(number: int, *, words: int = 600, political: float = 1.0, seed: int = 1) -> tuple[str, list[str]]:
    """Title and paragraphs of the article of that number: the same for the same arguments. `political`: the share of
    articles that are."""
    dice = random.Random(f"{seed}/{number}")
    kind = "politics" if dice.random() < political else dice.choice(sorted(KINDS))
    found = paragraphs(dice, kind, words)
    if kind == "politics":
        found[0] = f"{dice.choice(CITIES).upper()}, March {1 + number % 28}, 2021 - {found[0]}"
    return sentence(dice, KINDS.get(kind) or POLITICS)[:70].rpartition(" ")[0], found


def page(number: int, *, words: int = 600, political: float = 1.0, seed: int = 1) -> str:
    """The same as a web page with what surrounds an article there."""
    title, body = article(number, words=words, political=political, seed=seed)
    title = html.escape(title)
    day = f"2021-03-{1 + number % 28:02}"
    menu = "".join(
        f'<li class="nav-item"><a href="/section/{s}">{s.title()}</a></li>'
        for s in (*KINDS, "politics", "world", "letters")
    )
    teasers = "".join(
        f'<div class="teaser"><a href="/story/{number + i}"><img src="/i/{number + i}.jpg" alt=""><h3>{html.escape(article(number * 40 + i, words=8, political=0, seed=seed)[0])}</h3></a><span class="time">{i} hours ago</span></div>'
        for i in range(1, 13)
    )
    text = "\n".join(f"<p>{html.escape(p)}</p>" for p in body)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | The Morning Paper</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="The Morning Paper">
<meta property="og:type" content="article"><meta property="article:published_time" content="{day}T08:{number % 60:02}:00Z">
<link rel="stylesheet" href="/s.css"><script>window.dataLayer = window.dataLayer || []; {"var x = [1,2,3];" * 40}</script>
<style>{".a{margin:0}" * 60}</style></head>
<body class="article"><header><nav><ul>{menu}</ul></nav><form action="/search"><input name="q"></form></header>
<main><article><h1>{title}</h1><div class="byline">By <a rel="author" href="/a">{FIRST[number % 30]} {LAST[number % 29]}</a> <time datetime="{day}">{day}</time></div>
<figure><img src="/i/{number}.jpg" alt=""><figcaption>The scene on that day</figcaption></figure>
{text}
<div class="share"><a href="#">Share</a><a href="#">Mail</a><a href="#">Print</a></div></article>
<aside><h2>Most read</h2>{teasers}</aside></main>
<footer><ul>{menu}</ul><p>All rights reserved. The Morning Paper appears daily.</p></footer>
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{title}","datePublished":"{day}T08:00:00Z","publisher":{{"@type":"Organization","name":"The Morning Paper"}}}}</script>
</body></html>
"""
