"""How Google, Outlook, Thunderbird and Apple write their address books; one entry for each."""

from followthrough.inlets.layout import Layout

_GOOGLE = (
    Layout(
        name="Google Contacts",
        what="people",
        book=True,
        must="e mail 1 value|phonetic first name",
        fields="organization name=company|organization title=title|labels=|file as=|"
        "organization department=department|phonetic first name=|phonetic middle name=|"
        "phonetic last name=",
    ),
    Layout(
        name="Google Contacts",
        what="people",
        book=True,
        must="given name|family name|group membership",
        fields="organization 1 name=company|organization 1 title=title|occupation=|subject=|"
        "organization 1 department=department|location=|organization 1 job description=",
    ),
    Layout(
        name="Google Contacts",
        what="people",
        book=True,
        must="e mail 1 value|name",
        fields="organization 1 name=company|organization 1 title=title|subject=|location=",
    ),
)

# Outlook writes its headers in the language of the desk.
_OUTLOOK = (
    Layout(
        name="Outlook",
        what="people",
        book=True,
        must="first name|last name|e mail address|business street",
        fields="title=prefix|job title=title|account=|user 1=|location=|profession=|web page=url|"
        "e mail display name=|e mail type=|categories=|priority=|private=|internet free busy=",
    ),
    Layout(
        name="Outlook",
        what="people",
        book=True,
        must="vorname|nachname|e mail adresse|strasse geschaftlich",
        fields="anrede=prefix|position=title|suffix=suffix|weitere vornamen=middle|konto=|"
        "e mail angezeigter name=|e mail typ=|beruf=|ort=|kategorien=|webseite=url|benutzer 1=",
    ),
    Layout(
        name="Outlook",
        what="people",
        book=True,
        must="prenom|nom|adresse de messagerie|rue bureau",
        fields="titre=prefix|profession=title|deuxieme prenom=middle|suffixe=suffix|compte=|"
        "anniversaire=birthday|type de messagerie=|service=department|page web=url|"
        "nom complet de l adresse de messagerie=|emplacement=|adresse de messagerie=email|"
        "adresse de messagerie 2=email|adresse de messagerie 3=email",
    ),
    Layout(
        name="Outlook",
        what="people",
        book=True,
        must="nombre|apellidos|direccion de correo electronico|calle del trabajo",
        fields="tratamiento=prefix|titulo=prefix|puesto=title|cargo=title|segundo nombre=middle|"
        "organizacion=company|cuenta=|pagina web=url|ubicacion=|particular=phone|"
        "poblacion del trabajo=city|direccion de correo electronico 2=email|"
        "nombre de pantalla de correo electronico=|tipo de correo electronico=|"
        "codigo postal del trabajo=postcode|pais o region del trabajo=country|"
        "provincia o estado de trabajo=state|ciudad de trabajo=city",
    ),
    Layout(
        name="Outlook",
        what="people",
        book=True,
        must="voornaam|achternaam|e mailadres|werkadres straat",
        fields="titel=prefix|functie=title|weergavenaam voor e mail=|e mailtype=|account=|"
        "e mailadres 2=email|e mailadres 3=email|webpagina=url|telefoon op werk=phone|"
        "telefoon op werk 2=phone|fax op werk=fax|locatie=|categorieen=",
    ),
)

_DESKS = (
    Layout(
        name="Thunderbird", what="people", book=True, must="display name|primary email|screen name",
        fields="screen name=|work address=street|home address=street|work address 2=street|"
        "home address 2=street|web page 1=url|web page 2=url|birth year=|birth month=|birth day=|"
        "mobile number=phone|pager number=|custom 1=|custom 2=|custom 3=|custom 4=|"
        "organization=company|job title=title",
    ),
    Layout(
        name="Apple", what="people", book=True, must="first name|last name|related name|note",
        fields="job title=title|note=note|maiden name=|phonetic first name=|phonetic last name=",
    ),
    Layout(
        name="Apple", what="people", book=True,
        must="first name|last name|phonetic last name|organization",
        fields="job title=title|organization=company|phonetic first name=|phonetic last name=|"
        "phonetic middle name=|maiden name=",
    ),
)  # fmt: skip

ADDRESS_BOOKS = (*_GOOGLE, *_OUTLOOK, *_DESKS)
