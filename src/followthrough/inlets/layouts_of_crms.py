"""How Salesforce, HubSpot, Pipedrive and Shopify write their lists; one entry for each."""

from followthrough.inlets.layout import Layout

# Salesforce's Data Loader writes the names of fields, its reports the names that people see.
_SALESFORCE = (
    Layout(
        name="Salesforce",
        what="deals",
        must="stagename|closedate",
        ids="salesforce",
        fields="id=deal_id|name=deal|accountid=external|account name=company|account=company|"
        "leadsource=source|nextstep=note|ownerid=owner|owner name=owner|createddate=enquired_at|"
        "type=|expectedrevenue=|description=note",
    ),
    Layout(
        name="Salesforce",
        what="deals",
        must="opportunity name|stage|close date",
        fields="opportunity name=deal|account name=company|opportunity owner=owner|"
        "opportunity id=deal_id|created date=enquired_at|type=|age=|probability=",
    ),
    Layout(
        name="Salesforce",
        what="calls",
        must="whoid|activitydate",
        ids="salesforce",
        fields="whoid=external|id=|whatid=|accountid=|activitydate=at|status=|priority=|"
        "calldisposition=outcome|calltype=direction|tasksubtype=kind|type=kind|ownerid=owner|"
        "description=note|calldurationinseconds=|createddate=",
    ),
    Layout(
        name="Salesforce",
        what="people",
        must="lastname|isconverted",
        ids="salesforce",
        fields="id=external|name=name|salutation=prefix|leadsource=source|isconverted=converted|"
        "status=stage|converteddate=won_at|ownerid=owner|createddate=enquired_at|masterrecordid=|"
        "hasoptedoutofemail=do_not_email|donotcall=do_not_call|isdeleted=|rating=|industry=",
    ),
    Layout(
        name="Salesforce",
        what="people",
        must="lead owner|lead status|last name",
        fields="company account=company|lead status=stage|title=title|rating=",
    ),
    Layout(
        name="Salesforce",
        what="people",
        book=True,
        must="lastname|accountid",
        ids="salesforce",
        fields="id=external|name=name|salutation=prefix|accountid=|account name=company|"
        "reportstoid=|leadsource=source|ownerid=owner|createddate=|isdeleted=|masterrecordid=|"
        "hasoptedoutofemail=do_not_email|donotcall=do_not_call|assistantname=|assistantphone=",
    ),
    Layout(
        name="Salesforce",
        what="people",
        book=True,
        must="billingcity|name",
        ids="salesforce",
        fields="id=external|name=company|accountnumber=|parentid=|ownerid=owner|createddate=|"
        "type=|industry=|annualrevenue=|site=|rating=|isdeleted=|masterrecordid=|shippingstreet=|"
        "shippingcity=|shippingstate=|shippingpostalcode=|shippingcountry=",
    ),
    Layout(  # Data Loader's own short lists of accounts
        name="Salesforce",
        what="people",
        book=True,
        must="name|annualrevenue|website",
        ids="salesforce",
        fields="id=external|name=company|accountnumber=|annualrevenue=|type=|parent=|oracle id=|"
        "date=|date only=",
    ),
)

_HUBSPOT = (
    Layout(
        name="HubSpot",
        what="deals",
        must="deal name|deal stage",
        fields="record id=deal_id|deal id=deal_id|deal owner=owner|associated contact=name|"
        "associated company=company|associated company primary=company|pipeline=|"
        "create date=enquired_at|close date=closed_at|associated contact ids=|"
        "amount in company currency=|deal description=note",
    ),
    Layout(
        name="HubSpot",
        what="people",
        book=True,
        must="company owner|company name",
        ids="hubspot company",
        fields="record id=external|company id=external|company name=company|name=company|"
        "company domain name=url|lifecycle stage=|lead status=stage|create date=|industry=|type=|"
        "last activity date=",
    ),
    Layout(
        name="HubSpot",
        what="people",
        must="record id|first name|last name",
        ids="hubspot contact",
        fields="record id=external|contact id=external|associated company=company|"
        "lead status=stage|lifecycle stage=|create date=|last activity date=|"
        "unsubscribed from all email=do_not_email|original source=source|contact owner=owner|"
        "original traffic source=source|marketing contact status=",
    ),
)

_PIPEDRIVE = (
    Layout(
        name="Pipedrive",
        what="deals",
        must="deal title",
        strips=("deal ", "person ", "organization "),
        fields="deal title=deal|title=deal|deal id=deal_id|deal value=amount|deal currency=|"
        "deal status=stage|deal stage=|deal pipeline=|deal owner=owner|deal contact person=name|"
        "deal organization=company|deal organisation=company|deal deal created=enquired_at|"
        "deal won time=won_at|deal lost time=closed_at|deal deal closed on=|deal label=|"
        "deal expected close date=|deal lost reason=note|deal probability=|deal update time=",
    ),
    Layout(
        name="Pipedrive",
        what="calls",
        must="activity subject",
        strips=("activity ", "person ", "deal "),
        fields="activity subject=subject|activity type=kind|activity due date=at|"
        "activity due time=start|activity duration=|activity done=|activity note=note|"
        "activity contact person=name|activity organization=company|activity id=|"
        "activity organisation=company|activity assigned to user=owner|activity deal=|"
        "activity marked as done time=|activity add time=|activity public description=|"
        "activity location=",
    ),
    Layout(
        name="Pipedrive",
        what="people",
        book=True,
        must="person name|person owner",
        strips=("person ",),
        ids="pipedrive person",
        fields="person name=name|person id=external|person organization=company|"
        "person organisation=company|person owner=owner|person label=|person labels=|"
        "person person created=|person add time=|person marketing status=|person notes=note|"
        "person first name=first|person last name=last|person next activity date=|"
        "person last activity date=|person update time=|person birthday=birthday|"
        "person job title=title",
    ),
    Layout(
        name="Pipedrive",
        what="people",
        book=True,
        must="organization name|organization owner",
        strips=("organization ",),
        ids="pipedrive organization",
        fields="organization name=company|organization id=external|organization owner=owner|"
        "organization label=|organization organization created=|organization address=street|"
        "organization people=|organization add time=",
    ),
    Layout(
        name="Pipedrive",
        what="people",
        book=True,
        must="organisation name|organisation owner",
        strips=("organisation ",),
        ids="pipedrive organization",
        fields="organisation name=company|organisation id=external|organisation owner=owner|"
        "organisation address=street|organisation organisation created=|organisation people=",
    ),
)

_SHOPS = (
    Layout(  # the first line of an order has its total, the others only their item
        name="Shopify", what="purchases", must="name|financial status|lineitem quantity",
        fields="name=order|id=|created at=at|paid at=|fulfilled at=|cancelled at=|subtotal=|"
        "total=amount|lineitem quantity=|lineitem price=|lineitem name=item|notes=|"
        "billing name=name|billing company=company|billing phone=|shipping name=|shipping phone=|"
        "accepts marketing=may_email|source=source|vendor=",
    ),
)  # fmt: skip

CRMS = (*_SALESFORCE, *_HUBSPOT, *_PIPEDRIVE, *_SHOPS)
