"""What the columns of a list mean, by the names that people and programs give them."""

import re

from followthrough.inlets.wording import folded

# What a column may mean, in the order of choosing, with the words that people see.
FIELDS: dict[str, str] = {
    "": "Leave it out",
    "name": "Name",
    "first": "First name",
    "middle": "Middle name",
    "last": "Last name",
    "prefix": "Before the name (Dr., Mrs.)",
    "suffix": "After the name (Jr.)",
    "nickname": "Nickname",
    "email": "Mail address",
    "phone": "Phone number",
    "company": "Company",
    "department": "Department",
    "title": "Job",
    "street": "Street",
    "city": "Town",
    "state": "State or region",
    "postcode": "Postcode",
    "country": "Country",
    "url": "Website",
    "birthday": "Birthday",
    "note": "Note",
    "external": "Their number in the other program",
    "source": "Where they came from",
    "owner": "Who looks after them",
    "enquired_at": "Day they enquired, or day it began",
    "do_not_email": "No mail, please (yes or no)",
    "may_email": "Mail is welcome (yes or no)",
    "do_not_call": "No calls, please (yes or no)",
    "deal": "Name of the deal",
    "deal_id": "Number of the deal",
    "stage": "Stage of the deal",
    "converted": "Won (yes or no)",
    "closed": "Closed (yes or no)",
    "amount": "Amount",
    "closed_at": "Day it closes",
    "won_at": "Day it was won",
    "at": "Day it happened",
    "start": "Time it began",
    "end": "Time it ended",
    "direction": "In or out",
    "outcome": "How it went",
    "kind": "Call, visit or mail",
    "subject": "Subject",
    "order": "Number of the order or invoice",
    "item": "What was bought",
    "quantity": "How many",
    "price": "Price of one",
}

# What a list may be about.
SUBJECTS: dict[str, str] = {
    "people": "People and companies",
    "deals": "Deals",
    "calls": "Calls",
    "visits": "Visits and meetings",
    "purchases": "Orders and invoices",
    "messages": "Messages",
}

# The first name that a list has wins, so the surer names stand first.
NAMES: dict[str, str] = {
    "name": """
        full name|name|display name|contact name|lead name|customer name|customer|person|
        ansprechpartner|kontakt|kunde|kundenname|vollstandiger name|nom complet|
        contact complet|nombre completo|contacto|cliente|naam|nome completo""",
    "first": """
        first name|firstname|given name|fname|forename|vorname|prenom|nombre|primer nombre|
        voornaam|nome""",
    "middle": "middle name|additional name|zweiter vorname|deuxieme prenom|segundo nombre",
    "last": """
        last name|lastname|family name|surname|lname|nachname|familienname|nom de famille|
        nom|apellido|apellidos|achternaam|cognome""",
    "company": """
        company|company name|organization|organisation|organization name|organization 1 name|
        organisation name|account|account name|business|business name|employer|firma|
        firmenname|unternehmen|betrieb|societe|entreprise|empresa|compania|bedrijf|azienda""",
    "title": """
        job title|jobtitle|position|role|job|organization 1 title|occupation|
        what is your current occupation|title|funktion|beruf|fonction|poste|cargo|puesto""",
    "source": """
        lead source|leadsource|source|utm source|origin|lead origin|came from|heard about us|
        how did you hear about us|referrer|quelle|herkunft|lead quelle|origine|provenance|
        fuente|origen|bron""",
    "enquired_at": """
        enquired at|enquiry date|inquiry date|first contact date|first contact|lead created|
        lead date|created at|created|created date|createddate|create date|created on|
        date created|date added|added|submitted at|submitted|timestamp|engage date|date time|
        date|anfrage am|anfragedatum|anfrage|erstkontakt|erstellt am|erstellt|eingang|
        eingangsdatum|angelegt am|datum|date de creation|date de contact|cree le|
        fecha de creacion|fecha de contacto|fecha|creado""",
    "do_not_email": """
        do not email|do not e mail|donotemail|email opt out|e mail opt out|
        hasoptedoutofemail|opted out of email|email optout|no email|unsubscribed|
        unsubscribed at|opt out|optout|opted out|keine e mail|keine e mails|keine mails|
        keine werbung|abgemeldet|werbesperre|ne pas envoyer d e mail|pas d e mail|desabonne|
        no enviar correo|no enviar email|baja|geen e mail|niet mailen""",
    "may_email": """
        email opt in|e mail opt in|opt in|optin|email consent|marketing consent|
        accepts marketing|accepts email marketing|email marketing consent|subscribed|
        newsletter|einwilligung|werbeeinwilligung|consentement|consentimiento""",
    "do_not_call": """
        do not call|donotcall|do not phone|phone opt out|call opt out|no calls|no call|dnc|
        nicht anrufen|keine anrufe|telefonsperre|ne pas appeler|pas d appel|no llamar|
        niet bellen""",
    "converted": """
        converted|isconverted|is converted|won|is won|iswon|deal won|deal stage|stage|
        stagename|stage name|lead status|status|outcome|result|closed won|gewonnen|ergebnis|
        phase|statut|gagne|resultat|estado|ganado|etapa|resultado""",
    "won_at": "won date|won at|closed won date|converted at|converted date|converteddate",
    "owner": """
        owner|lead owner|contact owner|deal owner|account owner|owner name|sales agent|
        salesperson|sales rep|sales representative|rep|assigned to|assignee|responsible|
        agent|besitzer|zustandig|zustandiger|betreuer|bearbeiter|verkaufer|verantwortlich|
        proprietaire|responsable|commercial|vendeur|propietario|vendedor|asignado a""",
    "amount": """
        amount|deal amount|deal value|opportunity amount|close value|expected value|value|
        price|total|budget|betrag|auftragswert|angebotswert|wert|summe|preis|montant|valeur|
        prix|importe|monto|valor|precio""",
    "external": """
        lead number|lead id|leadid|contact id|contactid|prospect id|opportunity id|
        customer id|customer number|record id|mql id|deal id|id|uid|external id|
        account number|accountnumber|kundennummer|lead nummer|nummer|numero de client|
        numero client|id cliente|numero de cliente""",
}  # fmt: skip

MANY: dict[str, str] = {
    "email": r"(primary |work |home |other |secondary |business )?e ?mail( address| adresse)?"
    r"( \d)?( address| value| home| work| other)?|mail|mail ?(address|adresse)|courriel"
    r"|adresse mail"
    r"|adresse e ?mail|correo|correo electronico|e ?mail ?adresse|(who )?contact email",
    "phone": r"(primary |work |home |other |business |company |main |car |assistant s )?"
    r"(tele)?phone( number)?( \d)?( value)?|(home |work |business |private )?(mobile|cell)"
    r"( phone| number)?( \d)?|tel|tel \d|telefon(nummer)?|festnetz|handy(nummer)?|mobil(nummer)?"
    r"|rufnummer|(numero de )?telephone|portable|telefono|movil|celular|telefoon|phone no",
    "note": r"notes?|comments?|remarks?|description|message|details|enquiry|inquiry|question"
    r"|notizen?|bemerkung(en)?|kommentar|anmerkung(en)?|nachricht|commentaires?|remarques?|notas?"
    r"|comentarios?|observaciones|mensaje",
}

_RANK = {
    word.strip(): (field, rank)
    for field, words in NAMES.items()
    for rank, word in enumerate(words.replace("\n", " ").split("|"))
}
_MANY = {field: re.compile(pattern) for field, pattern in MANY.items()}


def meanings(headers: tuple[str, ...]) -> tuple[str, ...]:
    """The field of each column, "" for a column without one. Only mail addresses, numbers and
    notes may stand in several."""
    found = [_meaning(plain(header)) for header in headers]
    best: dict[str, tuple[int, int]] = {}
    for place, (field, rank) in enumerate(found):
        if field and field not in MANY:
            best[field] = min(best.get(field, (rank, place)), (rank, place))
    return tuple(
        field if field in MANY or best.get(field) == (rank, place) else ""
        for place, (field, rank) in enumerate(found)
    )


def plain(header: str) -> str:
    """Lower case, no accents, words apart: `Do-Not_Email` and `DoNotEmail*` meet here."""
    return re.sub(r"[\W_]+", " ", re.sub(r"__c$", "", folded(header))).strip()


def _meaning(header: str) -> tuple[str, int]:
    for field, pattern in _MANY.items():
        if pattern.fullmatch(header):
            return field, 0
    return _RANK.get(header, ("", 0))
