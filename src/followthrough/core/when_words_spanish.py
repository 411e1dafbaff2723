"""The words people use for dates in Spanish."""

from followthrough.core.when_language import (
    ROMANCE,
    Language,
    counted,
    each,
    means,
    names,
    with_and_without_accents,
)

_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio"),
    *("agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
SPANISH = Language(
    weekdays=_DAYS,
    months=_MONTHS,
    words=with_and_without_accents(
        names(_DAYS, "wd")
        | names(_MONTHS, "mo", 3)
        | counted("uno dos tres cuatro cinco seis siete ocho nueve diez once doce")
        | each(
            wd1="lun",
            mar="mar",
            wd3="mié",
            wd4="jue",
            wd5="vie",
            wd6="sáb|finde|fin de semana|el fin de semana",
            wd7="dom",
            mo9="setiembre|sept",
            day="día|días|d",
            week="semana|semanas|sem",
            month="mes|meses",
            quarter="trimestre|trimestres",
            year="año|años",
            hour="hora|horas",
            minute="minuto|minutos|min",
            wday="día hábil|días hábiles|día laborable|días laborables|día de trabajo"
            "|días de trabajo",
            whour="hora hábil|horas hábiles|hora de trabajo|horas de trabajo",
            next="próximo|próxima|siguiente|que viene|que entra|entrante",
            this="este|esta",
            last="pasado|pasada|último|última",
            after="después de|después del|tras|después",
            ago="hace",
            end="fin|fin de|fin del|final de|final del|finales de|finales del|a fin de"
            "|a finales de|a finales del|al final de|al final del|a fines de",
            start="principio de|principios de|principios del|a principios de|a principios del"
            "|comienzo de|comienzos de|a comienzos de|inicio de|inicios de",
            mid="mediados de|mediados del|a mediados de|a mediados del|mitad de",
            today="hoy|ahora|ya|cuanto antes|lo antes posible",
            tomorrow="mañana",
            overmorrow="pasado mañana",
            yesterday="ayer",
            at="a las|a la|hacia las|sobre las|las",
            no="no|antes|nunca|cada|todos los|todas las|excepto|salvo|menos",
            the="el|el día",
            half="y media",
            pm="de la tarde|de la noche",
            am="de la mañana|de la madrugada",
        )
        | {"en": "in", "dentro de": "in", "y cuarto": "quarter-past"}
        | means(
            ("un|una", "n1"),
            ("un par de|par de", "n2"),
            ("unos|unas|unos pocos|algunos|algunas", "n3"),
            ("quince días|quincena|una quincena", "n2 week"),
            ("ocho días", "n1 week"),
            ("media hora|una media hora", "n30 minute"),
            ("hora y media|una hora y media", "n90 minute"),
            ("mediodía|al mediodía|a mediodía", "t12:00"),
            ("por la mañana|a primera hora|temprano", "tstart"),
            ("por la tarde|tarde", "t16:00"),
            ("por la noche|noche", "t20:00"),
            ("mañana por la mañana|mañana temprano", "tomorrow tstart"),
            ("esta mañana", "today tstart"),
            ("esta tarde", "today t16:00"),
            ("esta noche", "today t20:00"),
            ("al final del día|a última hora", "tend"),
            ("la|los|de|del|y|luego|para|para el|hasta|hasta el|desde|desde el|a partir de", ""),
            ("a partir del|no antes de|no antes del|al|,", ""),
            ("primavera|en primavera", "v3-1"),
            ("verano|en verano", "v6-1"),
            ("otoño|en otoño|después del verano|tras el verano", "v9-1"),
            ("invierno|en invierno", "v12-1"),
            ("año nuevo|en el año nuevo|después de año nuevo", "v1-2"),
            ("después de reyes|tras reyes|después de las fiestas", "v1-7"),
            ("después de navidad|tras la navidad", "v12-27"),
            ("navidad", "e12-25"),
            ("nochebuena", "e12-24"),
            ("nochevieja", "e12-31"),
        )
    ),
    verbs=with_and_without_accents(
        each(
            call="llamar|llamar a|llama|llamada|telefonear|volver a llamar",
            email="escribir|escribir a|correo|mail|e-mail|email|enviar un correo|mandar un correo",
            sms="sms|mensaje|enviar un mensaje|mandar un mensaje",
            meeting="reunión|reunirse|quedar|cita|ver|visitar|visita",
            card="tarjeta|postal|enviar una tarjeta|mandar una tarjeta",
        )
    ),
    says={
        "full": "{weekday}, {day} de {month} de {year}, {time}",
        "day": "{weekday} {day} de {month}",
        "today": "hoy",
        "tomorrow": "mañana",
        "days": "en {n} días",
        "working_day": "en 1 día laborable",
        "working_days": "en {n} días laborables",
        "empty": "Di cuándo, y el día aparece aquí.",
        "unknown": "Ahí todavía no hay ningún día.",
        "long": "Es un texto largo. Bastan unas palabras.",
        "try": "Prueba «mañana 10:00», «el martes que viene», «en 3 días laborables».",
        "ambiguous": "¿Qué día quieres decir?",
        "or": "¿{first}, o {second}?",
        "past": "Eso fue el {full}.",
        "did_you_mean": "¿Querías decir el {day}?",
        "too_far": "Para el {full} faltan más de {n} días.",
        "nearer": "Elige un día hasta el {day}; desde ahí se puede aplazar.",
        "off_day": "Un día libre. ¿Mejor el {day}?",
        "off": "Un día libre.",
    },
    ordinal="º|ª|\\.º|o(?![a-z])",
    hour="h|hrs?\\.?|hs",
    order=(
        (r"(?<!\S)([no]\d{1,2}) mar(?!\S)", r"\1 mo3"),
        (r"(?<!\S)mar(?!\S)", "wd2"),
        *ROMANCE,
    ),
)
