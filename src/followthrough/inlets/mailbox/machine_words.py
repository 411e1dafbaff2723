"""The words by which machines give themselves away, in the languages they were met in."""

import re

# At the head of a subject only: people write "Re: meeting while Tom is out of office".
AWAY = (
    "automatic reply", "auto reply", "auto-reply", "autoreply", "auto response",
    "auto-response", "autoresponse", "automated reply", "automated response", "out of office",
    "out of the office", "out-of-office", "away from the office", "away from my mail",
    "vacation reply", "vacation notice", "on vacation", "auto:", "automatische antwort",
    "automatische rückantwort", "abwesenheitsnotiz", "abwesend", "abwesenheit",
    "nicht im büro", "réponse automatique", "absence du bureau", "absent du bureau",
    "message d'absence", "respuesta automática", "fuera de la oficina",
    "ausente de la oficina", "ausencia", "risposta automatica", "fuori sede", "fuori ufficio",
    "resposta automática", "fora do escritório", "ausência", "automatisch antwoord",
    "afwezigheid", "afwezig", "autosvar", "automatiskt svar", "frånvaro", "automatisk svar",
    "automatsvar", "fravær", "ikke til stede", "automaattinen vastaus", "poissaolo",
    "odpowiedź automatyczna", "automatyczna odpowiedź", "nieobecność", "automatická odpověď",
    "nepřítomnost", "automatikus válasz", "házon kívül", "răspuns automat", "otomatik yanıt",
    "ofis dışında", "автоматический ответ", "автоответ", "автоматична відповідь", "自動応答",
    "自動返信", "不在", "自动答复", "自动回复", "自動回覆", "자동 회신", "부재중", "מענה אוטומטי",
    "תשובה אוטומטית",
    "رد تلقائي", "αυτόματη απάντηση", "automatisks", "automaatvastus",
    "automatinis atsakymas", "automatski odgovor", "samodejni odgovor",
)  # fmt: skip

RECEIVED = re.compile(
    r"^\W*(\[?(ticket|case|request|vorgang|anfrage|fall)\s?[#:-]?\s?\w*\d|"
    r"(we('ve| have) )?received your|thank you for (contacting|your (request|enquiry|"
    r"inquiry|message|mail|e-?mail))|"
    r"your (request|ticket|enquiry|inquiry) |ihre (anfrage|nachricht) (ist|wurde)|"
    r"vielen dank für ihre (anfrage|nachricht)|"
    r"eingangsbestätigung|accusé de réception|acuse de recibo)|we have received your|"
    r"has been received",
    re.IGNORECASE,
)

BOUNCED = re.compile(
    r"undeliver|not? (be )?deliver|non[- ]?deliver|delivery (has )?(status|fail|report|"
    r"error|problem|notif|delay|unsuccess|"
    r"attempt|is delayed)|returned? (mail|to sender|message|e-?mail)|mail (delivery|"
    r"system error|failure|not delivered)|"
    r"failure (notice|delivery)|fail(ed|ure).{0,20}deliver|deliver.{0,20}(fail|impossible|"
    r"unable)|message (delivery|status|"
    r"undeliverable|you sent blocked|delayed)|(could|can)( ?not|n't) (be )?(send|sent|deliver)|"
    r"warning: (could not send|message)|unzustellbar|nicht zugestellt|nicht zustellbar|"
    r"zustellung|"
    r"onbestelbaar|non remis|non distribu|échec de (la )?(remise|distribution)|undelivr|"
    r"no se (ha podido|pudo) entregar|no entregado|mancato recapito|mensagem não entregue|"
    r"não entregue|"
    r"nie dostarczono|niedostarczon|nedoručiteln|doručení|kézbesíthetetlen|недоставлен|"
    r"не доставлен|"
    r"配信(不能|エラー|不可)|配送(不能|エラー)|退信|系统退信|無法傳遞|无法(投递|传递)|전송 실패|"
    r"user unknown|unknown user|mailbox (full|unavailable)|over ?quota|quota exceeded|"
    r"bounce|rejected|"
    r"nondeliverable|delivery|returned",
    re.IGNORECASE,
)

SURELY_BOUNCED = re.compile(
    r"(mail|message) could not be delivered|undeliver(ed|able)|delivery (failure|"
    r"status notification|failed)|"
    r"returned mail:|failure notice|unzustellbar|メールエラー通知",
    re.IGNORECASE,
)

DAEMON = re.compile(
    r"^(mailer[-_.]?daemon|mail[-_.]?daemon|mailerdaemon|postmaster|postmast|mailer|"
    r"mail-?(delivery|system)"
    r"[-_.\w]*|microsoftexchange[0-9a-f]{16,}|double-?bounce|bounces?|mdaemon|"
    r"maildaemon|daemon|smtp(-out)?|nobody|root|returnmail|mmdf|mail|mta|mail\.?admin|mailmaster|"
    r"antispam|info-?postmaster)([-+=].*)?$",
    re.IGNORECASE,
)
DAEMON_NAME = re.compile(
    r"mail(er)?[ -]?(delivery|daemon)|delivery (sub)?system|system administrator|"
    r"mail administrator|"
    r"^postmaster|^administrator$|^microsoft outlook$|internet mail delivery|mail system",
    re.IGNORECASE,
)
NO_REPLY = re.compile(
    r"^(no[-_.]?reply|do[-_.]?not[-_.]?reply|donot[-_.]?reply|nie[-_.]?antworten|"
    r"nicht[-_.]?antworten|"
    r"ne[-_.]?pas[-_.]?repondre|no[-_.]?responder|non[-_.]?rispondere|noreply.*|no-reply.*|"
    r".*[-_.+]no-?reply)$",
    re.IGNORECASE,
)
GAVE_UP = re.compile(
    r"permanent(ly)? (fatal )?(error|fail)|user unknown|unknown user|no such (user|mailbox|"
    r"address|recipient)|"
    r"mailbox (is )?(full|unavailable|not found)|(could|can) ?not be (delivered|reached)|"
    r"recipient (address )?rejected|"
    r"does not exist|undeliverable|delivery (has )?failed|failed (permanently|recipient)|"
    r"#?5\.\d\.\d|\b55[0-4]\b|"
    r"recipnotfound|over ?quota|not listed|no mailbox here|address(es)? had|"
    r"following (address|recipient)",
    re.IGNORECASE,
)
