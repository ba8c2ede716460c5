"""The words of dates in English battle prose."""

from __future__ import annotations

_MONTH_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August",
                "September", "October", "November", "December")  # fmt: skip
MONTHS = {name.lower(): number for number, name in enumerate(_MONTH_NAMES, start=1)}
ABBREVIATED_MONTHS = {name[:3].lower(): number for name, number in
                      zip(_MONTH_NAMES, range(1, 13), strict=True) if name != "May"}  # fmt: skip
ABBREVIATED_MONTHS["sept"] = 9
# Months that are also common words or names, when they stand alone.
DOUBTFUL_MONTHS = frozenset({"march", "may", "april", "june", "august"})

SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
WEEKDAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
     "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"}
)  # fmt: skip
ORDINAL_SUFFIXES = frozenset({"st", "nd", "rd", "th"})
DASHES = frozenset("-‐‑‒–—−")
RANGE_WORDS = frozenset({"to", "until", "till", "through", "thru"})

PARTS = {"early": "early", "mid": "mid", "late": "late", "middle": "mid"}
PARTS_OF = {
    "beginning": "early", "start": "early", "opening": "early", "middle": "mid", "end": "late",
    "close": "late", "half": "half",
}  # fmt: skip
CIRCA = frozenset({"c", "ca", "circa", "approximately", "about", "around"})

# Labels of fields that pages print without a space before the value.
FIELD_LABELS = frozenset({"date", "dates", "when", "period", "time", "year"})
# Words between an article and a part of a month or year: "the first weeks of July".
STRETCHES = frozenset({"part", "weeks", "week", "days", "months", "third"})
STRETCH_PARTS = {
    "first": "early", "opening": "early", "early": "early", "middle": "mid", "latter": "late",
    "last": "late", "later": "late", "closing": "late", "final": "late",
}  # fmt: skip

# Words before a bare month or season that make it a date.
MONTH_CONTEXT = frozenset(
    {"in", "of", "by", "until", "till", "since", "during", "throughout", "from", "through",
     "between", "that", "this", "late", "early", "mid", "after", "before", "next", "following",
     "last", "previous", "same", "and", "or", "on"}
)  # fmt: skip
# Words before a bare year that make it a date.
YEAR_CONTEXT = frozenset(
    {"in", "of", "since", "by", "until", "till", "during", "through", "throughout", "from",
     "before", "after", "between", "year", "circa", "ca", "c", "early", "late", "mid", "date"}
)  # fmt: skip
# "a force of 1500", "a total of 1900": of does not introduce a year after these.
AMOUNT_WORDS = frozenset(
    {"force", "forces", "army", "strength", "total", "garrison", "loss", "losses", "number",
     "body", "detachment", "corps", "consisting", "altitude", "height", "distance", "range",
     "casualties", "maximum", "minimum", "column", "contingent", "strong", "some", "excess",
     "fleet", "population", "average", "group", "band", "party", "tally", "toll",
     "levy", "rate", "sum", "elevation", "radius", "depth", "composed", "consisted"}
)  # fmt: skip
# Nouns after a number that make it a count, not a day or a year.
UNIT_WORDS = frozenset(
    {"men", "soldiers", "troops", "cavalry", "infantry", "infantrymen", "cavalrymen", "horsemen",
     "horse", "horses", "foot", "strong", "casualties", "dead", "killed", "wounded", "prisoners",
     "people", "civilians", "rifles", "muskets", "guns", "cannon", "cannons", "tons", "tonnes",
     "yards", "metres", "meters", "miles", "km", "kilometres", "kilometers", "feet", "ft", "m",
     "hours", "hrs", "hour", "days", "weeks", "months", "years", "ships", "vessels", "boats",
     "tanks", "aircraft", "planes", "vehicles", "pounds", "percent", "per", "volunteers",
     "villages", "warriors", "knights", "archers", "hoplites", "legionaries", "militia",
     "militiamen", "sailors", "marines", "officers", "rebels", "fighters", "houses", "families",
     "regulars", "dragoons", "hussars", "lancers", "battalions", "regiments", "divisions",
     "brigades", "squadrons", "companies", "bayonets", "sabres", "sabers", "workers", "times",
     "pieces", "shells", "rounds", "bombs", "wagons", "others", "more", "million", "thousand",
     "hundred", "dozen", "mm", "cm", "inch", "inches", "lb", "lbs", "kg", "acres", "hectares"}
)  # fmt: skip
# Words that may follow a short year or a bare ordinal day, as in "July 251 at Abritus".
FUNCTION_WORDS = frozenset(
    {"a", "about", "after", "again", "against", "all", "also", "although", "an", "and", "around",
     "as", "at", "because", "before", "both", "but", "by", "during", "following", "for", "from",
     "he", "her", "his", "however", "if", "in", "into", "it", "its", "led", "near", "of", "on",
     "or", "she", "since", "so", "some", "that", "the", "their", "then", "there", "they", "this",
     "to", "under", "until", "was", "were", "when", "where", "which", "while", "with", "within"}
)  # fmt: skip

NUMBER_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip
VAGUE_NUMBERS = frozenset({"several", "few", "some", "many"})
ORDINAL_WORDS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20,
}  # fmt: skip
# Days, least and most, of the units of time.
UNIT_DAYS: dict[str, tuple[float, float]] = {
    "minute": (1 / 1440, 1 / 1440), "hour": (1 / 24, 1 / 24), "day": (1, 1), "night": (1, 1),
    "week": (7, 7), "fortnight": (14, 14), "month": (28, 31), "year": (365, 366),
}  # fmt: skip
AFTER = frozenset({"later", "after", "afterwards", "afterward", "thereafter"})
BEFORE = frozenset({"earlier", "before", "previously", "prior", "beforehand"})
NEXT = frozenset({"next", "following", "ensuing"})
PREVIOUS = frozenset({"previous", "preceding"})
TIME_PREPOSITIONS = frozenset(
    {"until", "till", "by", "at", "before", "after", "from", "around", "about", "toward",
     "towards", "in", "during", "since", "throughout"}
)  # fmt: skip
# Hours of the local day; the night runs into the next day.
TIMES_OF_DAY: dict[str, tuple[float, float]] = {
    "dawn": (4, 7), "daybreak": (4, 7), "sunrise": (4, 7), "daylight": (4, 20),
    "morning": (6, 12), "noon": (12, 12), "midday": (11, 13), "afternoon": (12, 18),
    "evening": (17, 21), "sunset": (17, 21), "dusk": (17, 21), "twilight": (17, 21),
    "nightfall": (18, 22), "dark": (18, 22), "darkness": (18, 22), "night": (20, 29),
    "midnight": (24, 24),
}  # fmt: skip
# Words with which a date, a duration or a time of day may begin, numbers aside.
STARTERS = frozenset(
    {*MONTHS, *ABBREVIATED_MONTHS, *WEEKDAYS, *SEASONS, *PARTS, *PARTS_OF, *STRETCH_PARTS, *CIRCA,
     *NUMBER_WORDS, *VAGUE_NUMBERS, *ORDINAL_WORDS, *NEXT, *PREVIOUS, *TIME_PREPOSITIONS,
     "the", "that", "same", "ad", "ce", "overnight", "meanwhile", "simultaneously"}
)  # fmt: skip
