"""What two spellings of one address or number have in common. Pure, for those without books."""

import re

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


# Where nothing has to be looked up: the whole plan of these countries is a matter of length.
PLAIN_PHONE = re.compile(
    r"\+(?:1[2-9]\d{2}[2-9]\d{6}|49[1-9]\d{8,10}|44[1-9]\d{9}|33[1-9]\d{8}|39\d{9,10}|34[6-9]\d{8}"
    r"|31[1-9]\d{8}|43[1-9]\d{8,10}|41[2-9]\d{8}|32[1-9]\d{7,8}|55[1-9]\d{9,10})"
)


def canonical_phone(number: str, country: str) -> str:
    """E.164 where it can be read as a number of the world or of this country; else its digits."""
    if PLAIN_PHONE.fullmatch(number):
        return number
    try:
        parsed = phonenumbers.parse(number, country.upper() or None)
        if phonenumbers.is_possible_number(parsed):
            return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        pass
    return "".join(filter(str.isdigit, number))
