"""The words people use for dates in English and German, and the languages there are."""

from dataclasses import replace

from followthrough.core.when_language import TOGETHER, Language, counted, each, means, names
from followthrough.core.when_words_french import FRENCH
from followthrough.core.when_words_spanish import SPANISH

_EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EN_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
ENGLISH = Language(
    weekdays=_EN_DAYS,
    months=_EN_MONTHS,
    words=names(_EN_DAYS, "wd", 3)
    | names(_EN_MONTHS, "mo", 3)
    | counted("one two three four five six seven eight nine ten eleven twelve")
    | each(
        day="day|days|d",
        week="week|weeks|wk|wks|w",
        month="month|months|mth",
        quarter="quarter|quarters",
        year="year|years|yr|yrs|y",
        hour="hour|hours|hr|hrs|h",
        minute="minute|minutes|min|mins",
        wday="working day|working days|business day|business days|workday|workdays|weekdays",
        whour="working hour|working hours|business hour|business hours",
        next="next|following",
        this="this",
        last="last|previous",
        after="after|from",
        ago="ago",
        end="end|end of|late",
        start="start|start of|beginning|beginning of|early",
        mid="mid|middle|middle of",
        today="today|now|asap|straight away",
        tomorrow="tomorrow|tmrw|tmr|tomorow|tommorow|tommorrow",
        overmorrow="day after tomorrow|overmorrow",
        yesterday="yesterday",
        at="at",
        no="not|before|every|each|except|never|or not",
    )
    | {"in": "in", "within": "in", "during": "in"}
    | means(
        ("a|an", "n1"),
        ("couple|couple of|a couple of|a couple", "n2"),
        ("few|a few|a few of", "n3"),
        ("fortnight|a fortnight", "n2 week"),
        ("half an hour|half hour", "n30 minute"),
        ("an hour and a half|hour and a half", "n90 minute"),
        ("noon|midday|lunch|lunchtime", "t12:00"),
        ("morning|first thing", "tstart"),
        ("afternoon", "t14:00"),
        ("evening|night", "t18:00"),
        ("tonight|this evening", "today t18:00"),
        ("this morning", "today tstart"),
        ("this afternoon", "today t14:00"),
        ("end of day|end of the day|eod|cob|close of business", "tend"),
        ("eow", "end week"),
        ("eom", "end month"),
        ("eoy", "end year"),
        ("weekend|the weekend", "wd6"),
        ("tues", "wd2"),
        ("weds", "wd3"),
        ("thur|thurs", "wd4"),
        ("sept", "mo9"),
        ("coming|the|on|of|by|until|till|not until|not before|and|then|,", ""),
        ("spring", "v3-1"),
        ("summer|after spring", "v6-1"),
        ("autumn|after summer|after the summer|after the summer holidays", "v9-1"),
        ("winter|after autumn", "v12-1"),
        ("new year|after new year|after the holidays", "v1-2"),
        ("after christmas", "v12-27"),
        ("christmas|christmas day|xmas", "e12-25"),
        ("christmas eve", "e12-24"),
        ("new year's eve", "e12-31"),
        ("new year's day", "e1-1"),
    ),
    verbs=each(
        call="call|phone|ring|telephone",
        email="email|e-mail|mail|write|write to|send an email|send a mail",
        sms="text|sms|message|send a text",
        meeting="meet|meeting|meet with|visit|see|lunch with",
        card="card|send a card|postcard|write a card",
    ),
    says={
        "full": "{weekday}, {day} {month} {year} at {time}",
        "day": "{weekday}, {day} {month}",
        "today": "today",
        "tomorrow": "tomorrow",
        "days": "in {n} days",
        "working_day": "in 1 working day",
        "working_days": "in {n} working days",
        "empty": "Say when, and the day appears here.",
        "unknown": "There is no day in that yet.",
        "long": "That is a long text. A few words are enough.",
        "try": "Try “tomorrow 10:00”, “next Tuesday”, “in 3 working days” or “1 December”.",
        "ambiguous": "Which day do you mean?",
        "or": "{first}, or {second}?",
        "past": "That was {full}.",
        "did_you_mean": "Did you mean {day}?",
        "too_far": "{full} is more than {n} days away.",
        "nearer": "Pick a day up to {day}; you can move it on from there.",
        "off_day": "A day off. {day} instead?",
        "off": "A day off.",
    },
    ordinal="st|nd|rd|th",
    hour="am|pm|a\\.m\\.?|p\\.m\\.?|o'clock",
    order=TOGETHER,
)

_DE_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_DE_MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli"),
    *("August", "September", "Oktober", "November", "Dezember"),
)
GERMAN = Language(
    weekdays=_DE_DAYS,
    months=_DE_MONTHS,
    words=names(_DE_DAYS, "wd", 2, 3)
    | names(_DE_MONTHS, "mo", 3)
    | counted("eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf")
    | each(
        day="tag|tage|tagen",
        week="woche|wochen",
        month="monat|monate|monaten|monats",
        quarter="quartal|quartals|quartale",
        year="jahr|jahre|jahren|jahres",
        hour="stunde|stunden|std",
        minute="minute|minuten|min",
        wday="arbeitstag|arbeitstage|arbeitstagen|werktag|werktage|werktagen",
        whour="arbeitsstunde|arbeitsstunden",
        next="nächste|nächsten|nächster|nächstes|nächstem",
        this="diese|diesen|dieser|dieses|diesem",
        last="letzte|letzten|letzter|letztes",
        after="nach|ab",
        end="ende|ende der|ende des",
        start="anfang|anfang der|anfang des",
        mid="mitte|mitte der|mitte des",
        today="heute|jetzt|sofort",
        tomorrow="morgen",
        overmorrow="übermorgen",
        yesterday="gestern",
        at="um|gegen",
        no="nicht|vor|jeden|jede|außer",
    )
    | {"in": "in", "im": "in", "binnen": "in"}
    | means(
        ("ein|eine|einem|einen|einer", "n1"),
        ("ein paar|paar", "n3"),
        ("mittag|mittags", "t12:00"),
        ("vormittag|früh|vormittags", "tstart"),
        ("morgen früh|morgen vormittag", "tomorrow tstart"),
        ("heute morgen|heute früh", "today tstart"),
        ("nachmittag|nachmittags", "t14:00"),
        ("abend|abends", "t18:00"),
        ("feierabend", "tend"),
        ("sonnabend|wochenende", "wd6"),
        ("mrz", "mo3"),
        ("kommenden|kommende|am|der|die|das|den|dem|des|bis|zum|zur|und|dann|erst|nicht vor", ""),
        ("frühling|frühjahr", "v3-1"),
        ("sommer", "v6-1"),
        ("herbst|nach dem sommer|nach den sommerferien", "v9-1"),
        ("winter", "v12-1"),
        ("im neuen jahr|neuen jahr|neues jahr|nach neujahr", "v1-2"),
        ("nach weihnachten", "v12-27"),
        ("weihnachten", "e12-25"),
        ("heiligabend", "e12-24"),
        ("silvester", "e12-31"),
        ("neujahr", "e1-1"),
    ),
    verbs=each(
        call="anrufen|anruf|telefonieren|ruf an|rufe an",
        email="mailen|mail|e-mail|email|schreiben",
        sms="sms|simsen|nachricht",
        meeting="treffen|besuchen|besuch|termin",
        card="karte|karte schicken|postkarte",
    ),
    says={
        "full": "{weekday}, {day}. {month} {year} um {time}",
        "day": "{weekday}, {day}. {month}",
        "today": "heute",
        "tomorrow": "morgen",
        "days": "in {n} Tagen",
        "working_day": "in 1 Arbeitstag",
        "working_days": "in {n} Arbeitstagen",
        "empty": "Sagen Sie, wann; der Tag erscheint dann hier.",
        "unknown": "Darin steht noch kein Tag.",
        "long": "Das ist ein langer Text. Ein paar Wörter genügen.",
        "try": "Zum Beispiel „morgen 10:00“, „nächsten Dienstag“, „in 3 Arbeitstagen“.",
        "ambiguous": "Welcher Tag ist gemeint?",
        "or": "{first} oder {second}?",
        "past": "Das war {full}.",
        "did_you_mean": "Ist {day} gemeint?",
        "too_far": "{full} ist mehr als {n} Tage entfernt.",
        "nearer": "Wählen Sie einen Tag bis {day}; von dort lässt er sich verschieben.",
        "off_day": "Ein freier Tag. Lieber {day}?",
        "off": "Ein freier Tag.",
    },
    ordinal="\\.|s?te[nrs]?",
    hour="uhr",
    order=TOGETHER,
)

AMERICAN = replace(
    ENGLISH,
    says={
        **ENGLISH.says,
        "full": "{weekday}, {month} {day}, {year} at {time}",
        "day": "{weekday}, {month} {day}",
        "try": "Try “tomorrow 10 am”, “next Tuesday”, “in 3 working days” or “December 1”.",
    },
    halves=True,
)
LANGUAGES = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}


def language_of(code: str) -> Language:
    """The table for a code such as en-GB or de_AT; English where there is none."""
    code = code.casefold().replace("_", "-")
    return AMERICAN if code == "en-us" else LANGUAGES.get(code.partition("-")[0], ENGLISH)
