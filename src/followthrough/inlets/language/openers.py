"""How mail programs say that what follows was written by somebody else, in many languages."""

import re

# The verb of "On Monday Ann wrote:", as programs write it.
_VERBS = [
    r"wrote",
    r"writes",
    r"schrieb",
    r"écrit",
    r"ecrit",
    r"escribió",
    r"escribio",
    r"escreveu",
    r"scritto",
    r"schreef",
    r"skrev",
    r"skrifaði",
    r"kirjoitti",
    r"napisał",
    r"napisała",
    r"napisał(a)",
    r"pisze",
    r"napsal",
    r"napsala",
    r"napsal(a)",
    r"napísal",
    r"написал",
    r"написала",
    r"написал(а)",
    r"пишет",
    r"писал",
    r"пише",
    r"написав",
    r"написа",
    r"yazdı",
    r"yazdi",
    r"írta",
    r"scris",
    r"έγραψε",
    r"כתב",
    r"כתבה",
    r"كتب",
    r"viết",
    r"menulis",
    r"escriure",
    r"rašė",
    r"rakstīja",
    r"kirjutas",
    r"napisao",
    r"napisala",
    r"写道",
    r"寫道",
    r"写道：",
    r"작성",
    r"書きました",
    r"のメール",
]
_ANY_VERB = "|".join(map(re.escape, sorted(_VERBS, key=len, reverse=True)))
VERB = re.compile(rf"(?:{_ANY_VERB})(?![^\W\d_])", re.IGNORECASE)

# It begins like this, or with a day's or a person's name …
_BEGINS = re.compile(
    r"[\s*>_-]*(?:on|at|am|le|el|il|em|op|den|dne|dňa|dnia|w dniu|pe|på|a|в|на|vào|pada|quoting"
    r"|in message|in article|in einer nachricht|dans un message)\b|[\s*-]*\d",
    re.IGNORECASE,
)
# … and names a moment or an address.
_MOMENT = re.compile(r"@|\d[\d:./-]|\d{1,2}\.? [^\W\d]|<mailto", re.IGNORECASE)
# The verb stands last, but for a colon, dashes or an "(a)"; in German and Dutch a date or a
# name may follow.
_ENDS = re.compile(
    rf"(?:{_ANY_VERB})(?:\([^()]{{1,3}}\))?(?:[\s*:：_-]*|\s[^\n]{{1,140}}:\s?)$", re.IGNORECASE
)
# Some programs need no verb: "2016-03-03 17:21 GMT+01:00 Ann", "2013/7/20 Ann <ann@x.test>".
_BARE_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s(?:\d{1,2}:\d{2}\s(?:GMT|UTC|[+-]\d)\S*\s.{1,80}"
    r"|.{0,80}<[^<>\s]{1,80}@[^<>\s]{1,80}>?:?)$"
)

ORIGINAL = re.compile(
    r"[\s*>]*[-_=–—*]{2,}\s*(?:original|ursprüngliche|ursprungliche|weitergeleitete|begin forwarded"
    r"|forwarded|forward header|message d|message transf|mensaje|mensagem|messaggio|oorspronkelijk"
    r"|doorgestuurd|original(?:t|meddelande)?|vidarebefordrat|videresendt|oprindelig|opprinnelig"
    r"|wiadomość|wiadomosc|původní|пересылаемое|исходное|переслан|оригинал|原始邮件|转发|alkuperäinen)"
    r"|[\s*>]*(?:begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)"
    r"|début du message (?:réexpédié|transféré)|inicio del mensaje reenviado"
    r"|inizio messaggio inoltrato|start doorgestuurd bericht|início da mensagem encaminhada)\s*:",
    re.IGNORECASE,
)
_NAMES = {
    "who": "from von de da från fra van od od: от від mittente desde expéditeur lähettäjä 发件人 寄件者"
    " 差出人 보낸사람 kimden feladó gönderen",
    "when": "sent date gesendet datum enviado enviada envoyé fecha data inviato skickat sendt dato"
    " verzonden wysłano wyslane odesláno отправлено дата надіслано lähetetty päiväys 发送时间 日期 送信日時"
    " 보낸날짜 tarih elküldve",
    "whom": "to an à para a till til aan do komu кому vastaanottaja 收件人 宛先 받는사람 kime címzett cc"
    " bcc kopie cc: копия kopia copie dw",
    "what": "subject betreff objet asunto assunto oggetto ämne emne onderwerp temat předmět predmet"
    " тема aihe 主题 主旨 件名 제목 konu tárgy",
    "more": "reply-to antwort responder risposta répondre organization organisation importance"
    " priority wichtigkeit attachments anlagen message-id newsgroups x-mailer",
}
_OF = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_FIELD = re.compile(
    r"[\s*>]*([^\W\d_][\w-]{0,14})\s?(?:an|à|-to)?\s?\*?\s?[:：]\*?\s*\S", re.UNICODE
)

DEVICE = re.compile(
    r"[\s<(\[*_]*(?:"
    r"(?:message |email |mail )?sent (?:from|via|with|by|using) .{1,120}"
    r"|from my (?:iphone|ipad|android|mobile|phone|blackberry|samsung|cell).{0,40}"
    r"|(?:someone )?from mobile|get \[?outlook for .{1,60}"
    r"|(?:diese nachricht wurde )?(?:gesendet )?(?:von|mit) (?:meine[mr]|unterwegs|outlook).{0,60}"
    r"|(?:diese nachricht wurde )von .{1,80}gesendet\.?"
    r"|von .{1,40}gesendet|gesendet mit .{1,60}"
    r"|envoyé (?:depuis|de|à partir d|avec|via) ?.{1,60}|envoye (?:depuis|de) .{1,60}"
    r"|enviado (?:desde|do|de|a partir d|pelo|via|com) ?.{1,60}|enviada do .{1,60}"
    r"|inviato (?:da|con|dal) .{1,60}|verzonden (?:vanaf|met|via|vanuit) .{1,60}"
    r"|verstuurd (?:vanaf|met) .{1,60}|sendt fra .{1,60}|skickat från .{1,60}|sent från .{1,40}"
    r"|lähetetty .{1,40}|wysłan[eo] z .{1,60}|odesláno z .{1,60}|отправлено (?:с|из) .{1,60}"
    r"|надіслано з .{1,60}|從我的 .{1,30}傳送|从我的.{1,30}发送|发自我的.{1,30}|iphoneから送信.{0,10}"
    r")\s*[>)\]*_]*\s*$",
    re.IGNORECASE,
)
DIVIDER = re.compile(r"\s*(?:[-—–]{2,}|[_=~#*+\u2500-\u257f]{3,}|—|–)\s*$")


def announces(lines: list[str], last: int) -> int:
    """How many lines, of which this is the last, say that somebody wrote what follows; or 0."""
    bare = lines[last].strip()
    if _BARE_DATE.match(bare):
        return 1
    if not bare.endswith((":", "：", "-", "*", "_")) and not VERB.search(bare[-14:]):
        return 0
    longest, joined = 0, ""
    for count in range(1, 4):
        above = lines[last - count + 1].strip() if count <= last + 1 else ""
        if not above:
            break
        joined = f"{above} {joined}".rstrip()
        if _ENDS.search(joined) and _MOMENT.search(joined):
            if _BEGINS.match(joined):
                return count
            longest = longest or count * _stands_alone(above)
    return longest


def _stands_alone(line: str) -> bool:
    """Ann <ann@x.test> wrote; Monday, 6 October 2014, Ann wrote."""
    return len(line) < 200 and bool(re.search(r"@|\b\d{4}\b", line))


def field_of(line: str) -> str:
    """Which line of a mail's head this could be, such as "who" for "Von: Ann"; or nothing."""
    found = _FIELD.match(line)
    return _OF.get(found[1].casefold(), "") if found else ""
