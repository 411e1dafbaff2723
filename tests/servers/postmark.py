"""A service that sends, which the tests ask instead of the real one."""

import json
import threading
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Postmark:
    """A service of the tests' own, that speaks as Postmark does. `hangs`: it takes the mail and
    says nothing."""

    status: int = 200
    says: dict = field(default_factory=dict)
    hangs: bool = False
    taken: list = field(default_factory=list)
    keys: Counter = field(default_factory=Counter)
    over: threading.Event = field(default_factory=threading.Event)

    def answer(self, handler, body):
        self.keys[handler.headers["X-Postmark-Server-Token"]] += 1
        if self.status < 300:
            self.taken.append(json.loads(body))
        if self.hangs:
            self.over.wait(10)
            return None
        mail = json.loads(body)
        said = {"To": mail["To"], "MessageID": "b7b", "ErrorCode": 0, "Message": "OK"} | self.says
        return self.status, {"Content-Type": "application/json"}, json.dumps(said).encode()
