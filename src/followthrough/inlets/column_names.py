"""The names that people and programs give to columns about people, in seven languages."""

# A field's own names, the surer ones first: the first that a list has wins.
PEOPLE: dict[str, str] = {
    "name": """
        full name|name|display name|contact name|contact person|lead name|customer name|
        customer|client name|person|people|who|contact full name|file as|whole name|
        ansprechpartner|kontakt|kontaktname|kunde|kundenname|vollstandiger name|anzeigename|
        nom complet|contact complet|nom du contact|nom du client|client|nombre completo|
        contacto|cliente|nombre del contacto|nombre del cliente|naam|volledige naam|
        weergavenaam|klant|klantnaam|contactpersoon|nome completo|nome cognome|nome e cognome|
        nominativo|contatto|nome do contato|contato""",
    "first": """
        first name|firstname|given name|givenname|fname|forename|first|vorname|prenom|nombre|
        primer nombre|nombre de pila|voornaam|nome|primeiro nome|nome proprio""",
    "middle": """
        middle name|middlename|additional name|second name|weitere vornamen|zweiter vorname|
        deuxieme prenom|autres prenoms|segundo nombre|middelste naam|tweede naam|secondo nome|
        nome do meio|segundo nome""",
    "last": """
        last name|lastname|family name|familyname|surname|lname|last|nachname|familienname|
        zuname|nom de famille|nom|apellido|apellidos|achternaam|familienaam|cognome|sobrenome|
        apelido""",
    "prefix": """
        salutation|name prefix|prefix|honorific|title before name|anrede|titel|civilite|
        tratamiento|aanhef|appellativo|tratamento|pronome de tratamento""",
    "suffix": "name suffix|suffix|suffixe|sufijo|achtervoegsel|suffisso|sufixo|namenszusatz",
    "nickname": """
        nickname|nick name|nick|also known as|spitzname|rufname|surnom|apodo|alias|bijnaam|
        soprannome|apelido curto""",
    "company": """
        company|company name|organization|organisation|organization name|organization 1 name|
        organisation name|organisation 1 name|associated company|account|account name|
        company account|business|business name|employer|firma|firmenname|unternehmen|betrieb|
        organisation firma|societe|entreprise|nom de l entreprise|raison sociale|empresa|
        nombre de la empresa|compania|organizacion|bedrijf|bedrijfsnaam|organisatie|azienda|
        ragione sociale|societa|organizzazione|organizacao|nome da empresa""",
    "department": """
        department|organization department|organization 1 department|organisation department|
        abteilung|service|departement|departamento|afdeling|reparto|dipartimento""",
    "title": """
        job title|jobtitle|position|role|job|organization title|organization 1 title|
        occupation|profession|what is your current occupation|title|funktion|beruf|
        berufsbezeichnung|stelle|fonction|poste|titre|cargo|puesto|funcao|functie|functietitel|
        beroep|qualifica|posizione|mansione|titolo|titulo""",
    "birthday": """
        birthday|birth date|birthdate|date of birth|dob|geburtstag|geburtsdatum|anniversaire|
        date de naissance|cumpleanos|fecha de nacimiento|verjaardag|geboortedatum|compleanno|
        data di nascita|aniversario|data de nascimento""",
    "owner": """
        owner|lead owner|contact owner|deal owner|account owner|company owner|
        opportunity owner|owner name|owner full name|sales agent|salesperson|sales person|
        sales rep|sales representative|rep|assigned to|assigned to user|assigned|assignee|
        responsible|agent|agent name|handled by|user|seller|account manager|besitzer|zustandig|
        zustandiger|betreuer|bearbeiter|verkaufer|verantwortlich|verantwortlicher|inhaber|
        mitarbeiter|proprietaire|responsable|commercial|vendeur|attribue a|propietario|
        vendedor|asignado a|comercial|eigenaar|toegewezen aan|verkoper|proprietario|
        assegnato a|venditore|responsabile|responsavel|atribuido a""",
    "source": """
        lead source|leadsource|source|utm source|original source|origin|lead origin|came from|
        heard about us|how did you hear about us|referrer|campaign source|quelle|herkunft|
        lead quelle|leadquelle|origine|provenance|fuente|origen|bron|herkomst|leadbron|fonte|
        provenienza|origem""",
    "enquired_at": """
        enquired at|enquiry date|inquiry date|first contact date|first contact|lead created|
        lead date|created at|created|created date|createddate|create date|created on|
        creation date|date created|date added|added|added on|added time|submitted at|submitted|
        timestamp|person created|organization created|deal created|lead created time|
        engage date|open date|opened|start date|signup date|registered|customer since|
        date time|datetime|date|when|anfrage am|anfragedatum|anfrage|erstkontakt|erstellt am|
        erstellt|erstelldatum|eingang|eingangsdatum|angelegt am|kunde seit|datum|
        date de creation|date de contact|cree le|date d ajout|fecha de creacion|
        fecha de contacto|fecha|creado|fecha de alta|aangemaakt|aangemaakt op|datum aangemaakt|
        data di creazione|creato il|data|data de criacao|criado em""",
    "do_not_email": """
        do not email|do not e mail|donotemail|email opt out|e mail opt out|hasoptedoutofemail|
        opted out of email|unsubscribed from all email|email optout|no email|unsubscribed|
        unsubscribed at|opt out|optout|opted out|keine e mail|keine e mails|keine mails|
        keine werbung|abgemeldet|werbesperre|ne pas envoyer d e mail|pas d e mail|desabonne|
        no enviar correo|no enviar email|baja|geen e mail|niet mailen|afgemeld|
        non inviare email|disiscritto|nao enviar email|descadastrado""",
    "may_email": """
        email opt in|e mail opt in|opt in|optin|email consent|marketing consent|
        accepts marketing|accepts email marketing|email marketing consent|marketing status|
        subscribed|newsletter|einwilligung|werbeeinwilligung|consentement|consentimiento|
        toestemming|consenso|consentimento""",
    "do_not_call": """
        do not call|donotcall|do not phone|phone opt out|call opt out|no calls|no call|dnc|
        nicht anrufen|keine anrufe|telefonsperre|ne pas appeler|pas d appel|no llamar|
        niet bellen|non chiamare|nao ligar""",
}  # fmt: skip

# Fields of which somebody may have several: each column of them is read.
SEVERAL: dict[str, str] = {
    "email": """
        mail|email|e mail|email address|e mail address|emailaddress|mail address|email adresse|
        e mail adresse|mailadresse|emailadresse|courriel|adresse mail|adresse email|
        adresse e mail|adresse de messagerie|adresse electronique|correo|correo electronico|
        direccion de correo electronico|direccion de correo|e mailadres|emailadres|
        e mailadresse|indirizzo email|indirizzo e mail|indirizzo di posta elettronica|
        posta elettronica|endereco de email|endereco de e mail|contact email|who contact email|
        email value|e mail value|parent contact email""",
    "phone": """
        phone|telephone|phone number|telephone number|tel|phone value|phone no|tel no|mobile|
        mobile phone|mobile number|mobilephone|mobile phone number|cell|cell phone|cell number|
        cellphone|cellular|homephone|otherphone|workphone|main phone|assistant s phone|
        car phone|company main phone|number|caller|called number|phone number called|whatsapp|
        telefon|telefonnummer|telefon nr|rufnummer|festnetz|handy|handynummer|mobil|
        mobiltelefon|mobilnummer|mobilfunk|durchwahl|tel mobile|numero de telephone|
        telephone mobile|portable|numero portable|tel portable|telefono|numero de telefono|
        movil|telefono movil|celular|telefono celular|telefoon|telefoonnummer|telefoon op|
        mobiel|mobiele telefoon|mobiel nummer|gsm|numero di telefono|cellulare|
        telefono cellulare|telefone|numero de telefone|telemovel|telefone celular""",
    "fax": """
        fax|fax number|fax value|faxnummer|telefax|telecopie|telecopieur|numero de fax|faxnr|
        homefax|businessfax""",
    "note": """
        note|notes|comment|comments|remark|remarks|description|message|details|enquiry|inquiry|
        question|body|text|call notes|notiz|notizen|bemerkung|bemerkungen|kommentar|anmerkung|
        anmerkungen|nachricht|beschreibung|commentaire|commentaires|remarque|remarques|nota|
        notas|comentario|comentarios|observaciones|mensaje|descripcion|notitie|notities|
        opmerking|opmerkingen|bericht|omschrijving|beschrijving|commento|commenti|osservazioni|
        messaggio|descrizione|observacoes|mensagem|descricao""",
    "url": """
        website|web site|url|homepage|home page|web page|webpage|site|company domain name|
        domain|website url|website value|website page|page web|site web|site internet|
        pagina web|sitio web|webseite|internetseite|internet|webpagina|sito web|sito|
        pagina da web""",
    "street": """
        street|street address|address|address 1|address 2|address line 1|address line 2|
        streetaddress|address street|mailing street|mailingstreet|billing street|billingstreet|
        shipping street|shippingstreet|otherstreet|homestreet|strasse|anschrift|adresse|
        strasse hausnummer|rue|adresse postale|calle|direccion|domicilio|straat|adres|
        adres straat|straat en huisnummer|via|indirizzo|rua|endereco|morada""",
    "city": """
        city|town|address city|mailing city|mailingcity|billing city|billingcity|shippingcity|
        othercity|ort|stadt|wohnort|ville|ciudad|poblacion|localidad|plaats|stad|adres plaats|
        woonplaats|citta|comune|cidade""",
    "state": """
        state|region|province|address state|address region|state region|state province|
        mailing state|mailingstate|billingstate|shippingstate|bundesland|kanton|dep region|
        departement region|provincia|estado o provincia|provincia o estado|provincie|
        adres provincie|regione|uf|estado provincia""",
    "postcode": """
        zip|zip code|zipcode|postal code|postalcode|postcode|zip postal code|
        address postal code|address zip|mailing zip|mailingpostalcode|billingpostalcode|
        shippingpostalcode|plz|postleitzahl|code postal|codigo postal|adres postcode|cap|cep""",
    "country": """
        country|country region|address country|mailing country|mailingcountry|billingcountry|
        shippingcountry|land|land region|staat|pays|pays region|pais|pais o region|pais region|
        adres land|nazione|paese|paese area geografica""",
    "box": """
        po box|address po box|postfach|boite postale|apartado|postbus|casella postale|
        caixa postal""",
}  # fmt: skip

# Words of place beside a field's own name: “Business Phone 2”, “Téléphone (bureau)”.
PLACES: dict[str, str] = {
    "home": """
        home|private|personal|privat|prive|privee|domicile|particular|casa|thuis|thuisadres|
        personnel|personnelle|residencial|abitazione""",
    "work": """
        work|business|office|geschaftlich|firma|dienstlich|bureau|travail|professionnel|
        professionnelle|trabajo|oficina|zakelijk|werk|werkadres|werkt|lavoro|ufficio|trabalho|
        comercial""",
    "cell": """
        mobile|cell|cellular|handy|mobil|movil|portable|mobiel|gsm|cellulare|celular|telemovel|
        mobiltelefon|mobilnummer|mobilephone|mobilfunk|handynummer|mobiele|cellphone""",
    "main": "primary|main|haupt|principal|principale|hoofd|company main",
    "other": """
        other|secondary|alternative|weitere|andere|anderes|autre|otro|otra|otros|overig|altro|
        outro""",
    "car": "car|auto|voiture|coche",
    "pager": "pager|beeper",
    "assistant": "assistant|assistant s|assistent|assistente|asistente|assistants",
    "video": "video",
    "profile": "profile|profil",
    "blog": "blog",
}  # fmt: skip
