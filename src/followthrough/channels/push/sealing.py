"""What a push service is given: bytes that only one browser can read, and our signature.

The service carries them and learns when and to whom, never what. The key that signs is derived
from the server's key, which is not in the database: each machine of a site has the same.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02, VapidException

PURPOSE = b"followthrough: push"
CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve
SIGNED_FOR = timedelta(hours=12)  # RFC 8292 allows a day
MOST = 3000  # bytes; services take 4096 with all around it
KEY, AUTH = 65, 16  # bytes of what a browser reads with


class NoKeys(ValueError):
    """What a browser told is not what a message can be sealed with."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """What a device shows. `about` names what it is of: the next one of the same takes its place.
    `path` is opened when it is pressed."""

    title: str
    text: str
    about: str
    path: str

    def packed(self) -> bytes:
        """As the browser's own options are called (see sw.js)."""
        shown = {"title": self.title, "body": self.text, "tag": self.about, "data": self.path}
        text = self.text
        while len(packed := json.dumps(shown, ensure_ascii=False).encode()) > MOST:
            text = text[: len(text) // 2]
            shown["body"] = f"{text}…"
        return packed


@cache
def key_of(secret: str) -> ec.EllipticCurvePrivateKey:
    """The same for the same server's key: a browser takes nothing that another one signed."""
    derived = HKDF(algorithm=SHA256(), length=48, salt=None, info=PURPOSE).derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(derived) % (ORDER - 1) + 1, CURVE)


def public_key(secret: str) -> str:
    """Which a browser is told when it subscribes."""
    public = key_of(secret).public_key()
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).decode().rstrip("=")


def sealed(note: Note, *, key: str, auth: str) -> bytes:
    """RFC 8291, with a key of its own for each."""
    point, secret = keys_of(key, auth)
    once = ec.generate_private_key(CURVE)
    whole: bytes = http_ece.encrypt(note.packed(), private_key=once, dh=point, auth_secret=secret)
    return whole


def keys_of(key: str, auth: str) -> tuple[bytes, bytes]:
    try:
        point, secret = _bytes(key), _bytes(auth)
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    except ValueError as error:
        raise NoKeys(str(error)) from error
    if len(point) != KEY or len(secret) != AUTH:
        raise NoKeys("Their length is wrong.")
    return point, secret


def signed(endpoint: str, *, secret: str, contact: str, at: datetime) -> str:
    """The header by which the service knows that it is we (RFC 8292)."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}", "sub": contact,
        "exp": int((at + SIGNED_FOR).timestamp()),
    }  # fmt: skip
    signer = Vapid02(key_of(secret), conf={"no-strict": True})
    try:
        return str(signer.sign(claims)["Authorization"])
    except VapidException as error:  # it names no service that can be told who we are
        raise NoKeys(str(error)) from error


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
