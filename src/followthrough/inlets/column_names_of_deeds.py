"""The names of columns about deals, calls, visits and orders, in seven languages."""

# A field's own names, the surer ones first: the first that a list has wins.
DEEDS: dict[str, str] = {
    "converted": """
        converted|isconverted|is converted|won|is won|iswon|deal won|is closed won|closed won|
        gewonnen|gagne|ganado|gewonnen ja nein|vinto|ganho""",
    "closed": """
        isclosed|is closed|is deal closed|closed|geschlossen|ferme|cerrado|gesloten|chiuso|
        fechado""",
    "stage": """
        deal stage|stage|stagename|stage name|opportunity stage|pipeline stage|sales stage|
        lead status|deal status|status|outcome|result|ergebnis|phase|verkaufsphase|deal phase|
        statut|etape|phase de vente|resultat|estado|etapa|fase|resultado|dealfase|stadium|
        stato|esito|situacao""",
    "won_at": """
        won date|won at|won on|won time|closed won date|converted at|converted date|
        converteddate|gewonnen am|gagne le|date de gain|ganado el|gewonnen op|vinto il|ganho em""",
    "closed_at": """
        close date|closedate|closed date|closed at|closed on|closing date|lost time|lost date|
        expected close date|estimated close date|deal close date|date closed|abschlussdatum|
        abschluss am|geschlossen am|erwarteter abschluss|date de cloture|date de fermeture|
        cloture le|fecha de cierre|fecha de cierre prevista|sluitingsdatum|afsluitdatum|
        data di chiusura|data de fechamento|fechado em""",
    "deal": """
        deal name|deal title|opportunity name|opportunity|deal|dealname|opportunity title|
        verkaufschance|opportunitat|name der opportunity|auftrag|projekt|affaire|opportunite|
        nom de l opportunite|nom de l affaire|transaction|negocio|oportunidad|
        nombre de la oportunidad|nombre del negocio|verkoopkans|opportunita|trattativa|
        nome opportunita|oportunidade|nome do negocio""",
    "deal_id": """
        opportunity id|opportunityid|deal id|deal record id|dealid|transaction id|
        angebotsnummer|auftragsnummer|projektnummer""",
    "amount": """
        amount|deal amount|deal value|opportunity amount|opportunity value|close value|
        expected value|expected revenue|value|price|total|line total|total amount|total price|
        grand total|amount paid|budget|net amount|gross amount|betrag|auftragswert|
        angebotswert|wert|summe|gesamt|gesamtbetrag|preis|montant|valeur|prix|montant total|
        importe|monto|valor|precio|importe total|bedrag|waarde|totaal|prijs|
        importo|valore|totale|prezzo|valor total|preco""",
    "external": """
        lead number|lead id|leadid|contact id|contactid|prospect id|customer id|customerid|
        customer number|customer no|client id|client number|record id|person id|
        organization id|mql id|id|uid|external id|account number|accountnumber|account id|
        accountid|member id|user id|kundennummer|kunden nr|kundennr|lead nummer|nummer|
        numero de client|numero client|code client|id cliente|numero de cliente|
        codigo de cliente|klantnummer|codice cliente|numero cliente""",
    "touches": """
        no of contacts|number of contacts|contact count|times contacted|
        number of times contacted|anzahl kontakte|nombre de contacts|numero de contactos|
        aantal contacten|numero di contatti""",
    "at": """
        call date|date of call|called at|called on|call time|call start time|visit date|
        visited at|visited on|visited|meeting date|activity date|activitydate|due date|
        marked as done time|due date time|order date|ordered at|ordered on|orderdate|
        purchase date|invoice date|invoicedate|sale date|transaction date|paid at|sent at|
        sent on|date sent|received at|message date|happened at|happened on|last contact date|
        anrufdatum|anruf am|angerufen am|besuch am|besuchsdatum|termin|bestelldatum|
        rechnungsdatum|kaufdatum|gesendet am|date d appel|date de l appel|date de visite|
        date de commande|date de facture|date d achat|fecha de llamada|fecha de visita|
        fecha de pedido|fecha de factura|fecha de compra|beldatum|bezoekdatum|besteldatum|
        factuurdatum|aankoopdatum|data chiamata|data visita|data ordine|data fattura|
        data da chamada|data da visita|data do pedido|data da compra""",
    "start": """
        call start|callstart|start time|started at|start|from time|begin|beginn|anfang|
        startzeit|uhrzeit|zeit|time|call time of day|due time|debut|heure|heure de debut|
        inicio|hora|hora de inicio|begintijd|tijd|inizio|ora""",
    "end": """
        call end|callend|end time|ended at|end|finish|ende|endzeit|fin|heure de fin|
        hora de fin|eindtijd|einde|fine|fim""",
    "direction": """
        direction|call direction|call type|calltype|inbound outbound|in out|richtung|anrufart|
        anruftyp|sens|sens de l appel|direccion|sentido|tipo de llamada|richting|direzione|
        direcao""",
    "outcome": """
        call outcome|call result|callresult|call disposition|calldisposition|disposition|
        disposition name|call status|outcome of call|poutcome|anrufergebnis|gesprachsergebnis|
        resultat de l appel|resultado de la llamada|belresultaat|esito chiamata""",
    "kind": """
        activity type|task type|tasksubtype|task subtype|activity|type of activity|channel|
        aktivitat|aktivitatstyp|kanal|type d activite|tipo de actividad|activiteitstype|
        tipo attivita""",
    "subject": "subject|topic|betreff|thema|objet|sujet|asunto|tema|onderwerp|oggetto|assunto",
    "order": """
        order id|order number|order no|order|ordernumber|invoice|invoice id|invoice no|
        invoiceno|invoice number|receipt number|transaction number|bestellnummer|bestellung|
        rechnung|rechnungsnummer|rechnungsnr|belegnummer|numero de commande|commande|facture|
        numero de facture|pedido|numero de pedido|factura|numero de factura|bestelnummer|
        factuur|factuurnummer|ordine|numero ordine|fattura|numero fattura|numero do pedido|
        nota fiscal""",
    "item": """
        product|product name|item|item name|stockcode|stock code|sku|article|lineitem name|
        line item|produkt|artikel|artikelname|artikelnummer|ware|produit|article achete|
        producto|articulo|prodotto|articolo|produto""",
    "quantity": """
        quantity|qty|count|units|pieces|lineitem quantity|menge|anzahl|stuck|quantite|cantidad|
        aantal|quantita|quantidade""",
    "price": """
        unit price|unitprice|price each|lineitem price|item price|sales price|einzelpreis|
        stuckpreis|prix unitaire|precio unitario|stukprijs|prezzo unitario|preco unitario""",
}  # fmt: skip
