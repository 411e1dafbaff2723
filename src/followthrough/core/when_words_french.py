"""The words people use for dates in French."""

from followthrough.core.when_language import (
    ROMANCE,
    Language,
    counted,
    each,
    means,
    names,
    with_and_without_accents,
)

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet"),
    *("août", "septembre", "octobre", "novembre", "décembre"),
)
FRENCH = Language(
    weekdays=_DAYS,
    months=_MONTHS,
    words=with_and_without_accents(
        names(_DAYS, "wd")
        | names(_MONTHS, "mo")
        | counted("un deux trois quatre cinq six sept huit neuf dix onze douze")
        | each(
            wd1="lun",
            mar="mar",
            wd3="mer",
            wd4="jeu",
            wd5="ven",
            wd6="sam|week-end|weekend",
            wd7="dim",
            mo1="janv|jan",
            mo2="févr|fév",
            mo4="avr",
            mo7="juil",
            mo10="oct",
            mo11="nov",
            mo12="déc",
            day="jour|jours|j",
            week="semaine|semaines|sem",
            month="mois",
            quarter="trimestre|trimestres",
            year="an|ans|année|années",
            hour="heure|heures",
            minute="minute|minutes|min|mn",
            wday="jour ouvré|jours ouvrés|jour ouvrable|jours ouvrables|jour de travail"
            "|jours de travail",
            whour="heure ouvrée|heures ouvrées|heure de travail|heures de travail",
            next="prochain|prochaine|suivant|suivante|d'après|qui vient",
            this="ce|cet|cette|courant",
            last="dernier|dernière|passé|passée",
            after="après",
            ago="il y a",
            end="fin|fin du|fin de|fin de la|à la fin du|à la fin de|à la fin de la|en fin de",
            start="début|début du|début de|début de la|au début du|au début de|au début de la"
            "|en début de",
            mid="mi|milieu|milieu du|milieu de|milieu de la|au milieu du|au milieu de",
            today="aujourd'hui|maintenant|tout de suite|dès que possible",
            tomorrow="demain|le lendemain",
            overmorrow="après-demain|après demain|surlendemain",
            yesterday="hier",
            at="à|vers|sur les coups de",
            no="pas|avant|jamais|chaque|tous les|toutes les|sauf|moins",
            the="le",
            half="et demie|et demi",
            pm="de l'après-midi|du soir",
            am="du matin",
        )
        | {"dans": "in", "en": "in", "sous": "in", "et quart": "quarter-past"}
        | means(
            ("une", "n1"),
            ("quelques|deux ou trois", "n3"),
            ("quinzaine|quinze jours|une quinzaine|une quinzaine de jours", "n2 week"),
            ("huit jours|une huitaine", "n1 week"),
            ("en quinze", "in n2 week"),
            ("en huit", "week"),
            ("demi-heure|une demi-heure|demie heure", "n30 minute"),
            ("une heure et demie|heure et demie", "n90 minute"),
            ("midi|à midi", "t12:00"),
            ("matin|matinée|dans la matinée|à la première heure", "tstart"),
            ("après-midi|dans l'après-midi", "t14:00"),
            ("soir|soirée|dans la soirée", "t18:00"),
            ("ce matin", "today tstart"),
            ("cet après-midi|cette après-midi", "today t14:00"),
            ("ce soir", "today t18:00"),
            ("fin de journée|en fin de journée", "tend"),
            ("fin de semaine|en fin de semaine|à la fin de la semaine", "end week"),
            ("l|d|la|les|du|de|des|au|aux|et|puis|dès|d'ici|à partir de|à partir du|pour", ""),
            ("pas avant|jusqu'à|jusqu'au|vienne|ici", ""),
            ("printemps|au printemps", "v3-1"),
            ("été|en été|cet été", "v6-1"),
            ("après l'été|rentrée|à la rentrée|après les vacances d'été", "v9-1"),
            ("automne|en automne|à l'automne", "v9-1"),
            ("hiver|en hiver|cet hiver", "v12-1"),
            ("nouvelle année|après les fêtes|après le nouvel an|en début d'année", "v1-2"),
            ("après noël", "v12-27"),
            ("noël", "e12-25"),
            ("réveillon|veille de noël", "e12-24"),
            ("saint-sylvestre", "e12-31"),
            ("nouvel an|jour de l'an", "e1-1"),
        )
    ),
    verbs=with_and_without_accents(
        each(
            call="appeler|rappeler|téléphoner|téléphoner à|appelle|rappelle|appel|coup de fil"
            "|passer un coup de fil",
            email="écrire|écrire à|mail|e-mail|email|courriel|mailer|envoyer un mail"
            "|envoyer un courriel",
            sms="sms|texto|message|envoyer un sms|envoyer un message",
            meeting="rencontrer|rdv|rendez-vous|réunion|voir|visiter|visite|rendre visite à",
            card="carte|carte postale|envoyer une carte",
        )
    ),
    says={
        "full": "{weekday} {day} {month} {year} à {time}",
        "day": "{weekday} {day} {month}",
        "today": "aujourd’hui",
        "tomorrow": "demain",
        "days": "dans {n} jours",
        "working_day": "dans 1 jour ouvré",
        "working_days": "dans {n} jours ouvrés",
        "empty": "Dites quand, et le jour apparaît ici.",
        "unknown": "Il n’y a pas encore de jour là-dedans.",
        "long": "C’est un long texte. Quelques mots suffisent.",
        "try": "Essayez «\u00a0demain 10:00\u00a0», «\u00a0mardi prochain\u00a0»,"
        " «\u00a0dans 3 jours ouvrés\u00a0».",
        "ambiguous": "Quel jour voulez-vous dire\u202f?",
        "or": "{first}, ou {second}\u202f?",
        "past": "C’était {full}.",
        "did_you_mean": "Vouliez-vous dire {day}\u202f?",
        "too_far": "{full}, c’est dans plus de {n} jours.",
        "nearer": "Choisissez un jour jusqu’au {day}\u202f; de là, on pourra le reporter.",
        "off_day": "Un jour de congé. Plutôt {day}\u202f?",
        "off": "Un jour de congé.",
    },
    ordinal="er|re|e|ème|eme|nd|nde",
    hour="h|heures?",
    order=(
        (r"(?<!\S)([no]\d{1,2}) mar(?!\S)", r"\1 mo3"),
        (r"(?<!\S)mar(?!\S)", "wd2"),
        (r"(?<!\S)(wd\d) in n15(?!\S)", r"\1 in n2 week"),
        (r"(?<!\S)(wd\d) in n8(?!\S)", r"\1 week"),
        *ROMANCE,
    ),
    first="1er",
)
