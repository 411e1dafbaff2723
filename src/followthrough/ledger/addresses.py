"""What two spellings of one address or number have in common. Pure, for those without books."""

import phonenumbers

# One mailbox under many spellings: dots and plus parts mean nothing there.
DOTLESS = {"gmail.com", "googlemail.com"}

# Houses where anybody has an address: neighbours there are strangers to each other.
FREE_MAIL = frozenset(
    """
    gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com aol.com icloud.com
    me.com mac.com gmx.de gmx.net gmx.at web.de t-online.de freenet.de proton.me protonmail.com
    mail.ru orange.fr free.fr wanadoo.fr laposte.net libero.it virgilio.it terra.es mail.com
    fastmail.com zoho.com yandex.ru qq.com 163.com
    """.split()  # noqa: SIM905
)


def canonical_email(address: str) -> str:
    local, _, domain = address.strip().lower().rpartition("@")
    if domain in DOTLESS:
        local, domain = local.partition("+")[0].replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def canonical_phone(number: str, country: str) -> str:
    """E.164 where it can be read as a number of the world or of this country; else its digits."""
    try:
        parsed = phonenumbers.parse(number, country.upper() or None)
        if phonenumbers.is_possible_number(parsed):
            return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        pass
    return "".join(filter(str.isdigit, number))
