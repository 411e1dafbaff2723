"""Dovecot in a folder of its own: IMAP for the tests, LMTP and sign-in for Postfix."""

import contextlib
import pwd
import signal
import socket
import subprocess
import time
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path

PROGRAM = Path("/usr/sbin/dovecot")
PASSWORD = "correct-horse"  # everybody's
PATIENCE = 10.0  # seconds until a server must answer
FILE = """
protocols = imap lmtp
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0
recipient_delimiter = +
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%d/%n
default_internal_user = {internal}
default_login_user = {login}
mail_max_userip_connections = 100
default_vsz_limit = 512M
submission_host = 127.0.0.1:{out}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%d/%n allow_all_users=yes
}}
passdb {{
  driver = passwd-file
  args = username_format=%u {folder}/locked-out
  deny = yes
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  unix_listener lmtp {{
    mode = 0666
  }}
}}
service auth {{
  unix_listener postfix-auth {{
    mode = 0666
  }}
}}
service anvil {{
  chroot =
  # Who mistypes a password waits longer and longer: not in tests.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
protocol lmtp {{
  postmaster_address = postmaster@banners.test
  mail_plugins = sieve
}}
plugin {{
  sieve = file:~/sieve;active=~/.dovecot.sieve
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    auto = create
    special_use = \\Sent
  }}
  mailbox Junk {{
    auto = create
    special_use = \\Junk
  }}
}}
"""

OAUTH2 = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
username_attribute = email
"""
TOKEN_KEY = b"known to the provider and to the server"


@dataclass(kw_only=True)
class Dovecot:
    folder: Path
    port: int
    out: int  # where what its Sieve scripts write is sent from
    locked_out: set[str] = field(default_factory=set)
    process: subprocess.Popen[bytes] | None = None

    @property
    def file(self) -> Path:
        return self.folder / "dovecot.conf"

    def start(self) -> None:
        owner = pwd.getpwnam("nobody")
        mail = self.folder / "mail"
        mail.mkdir(parents=True, exist_ok=True)
        mail.chmod(0o777)
        self._write_locked_out()
        self._write_token_key()
        self.file.write_text(
            FILE.format(
                folder=self.folder, port=self.port, out=self.out,
                uid=owner.pw_uid, gid=owner.pw_gid, internal="dovecot", login="dovenull",
                password=PASSWORD,
            )
        )  # fmt: skip
        self._run()

    def _write_token_key(self) -> None:
        keys = self.folder / "keys" / "default" / "HS256"
        keys.mkdir(parents=True, exist_ok=True)
        (keys / "default").write_bytes(b64encode(TOKEN_KEY))
        (self.folder / "oauth2.conf").write_text(OAUTH2.format(folder=self.folder))

    def _run(self) -> None:
        self.process = subprocess.Popen(
            [str(PROGRAM), "-F", "-c", str(self.file)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        wait_for(self.port)

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=PATIENCE)
        self.process = None

    def restart(self) -> None:
        self.stop()
        self._run()

    def lock_out(self, address: str) -> None:
        """Their password is no good any more."""
        self.locked_out.add(address)
        self._write_locked_out()
        self._until(address, lets_in=False)

    def let_in(self, address: str) -> None:
        self.locked_out.discard(address)
        self._write_locked_out()
        self._until(address, lets_in=True)

    def _write_locked_out(self) -> None:
        path = self.folder / "locked-out"
        fresh = path.with_suffix(".new")
        fresh.write_text("".join(f"{address}:::::::\n" for address in self.locked_out))
        fresh.chmod(0o644)
        fresh.replace(path)

    def _until(self, address: str, *, lets_in: bool) -> None:
        """Dovecot looks at the file once a second."""
        until = time.monotonic() + PATIENCE
        while ("auth succeeded" in self.adm("auth", "test", address, PASSWORD)) is not lets_in:
            if time.monotonic() > until:
                raise TimeoutError(f"{address} is treated as before.")
            time.sleep(0.1)

    # --- faults ---------------------------------------------------------------------

    def kick(self, address: str) -> None:
        """Every connection of theirs ends with a BYE."""
        self.adm("kick", address)

    def number_anew(self, address: str, folder: str, validity: int) -> None:
        self.adm("mailbox", "update", "-u", address, "--uid-validity", str(validity), folder)

    def move(self, address: str, source: str, target: str) -> None:
        self.adm("move", "-u", address, target, "mailbox", source, "all")

    def flags_in(self, address: str, folder: str = "INBOX") -> list[str]:
        said = self.adm("-f", "flow", "fetch", "-u", address, "flags", "mailbox", folder)
        return [line.removeprefix("flags=").strip() for line in said.splitlines() if line]

    def adm(self, *words: str) -> str:
        done = subprocess.run(
            ["/usr/bin/doveadm", "-c", str(self.file), *words],
            capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
        return done.stdout


def wait_for(port: int) -> None:
    """Until something answers on it."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    raise TimeoutError(f"Nothing answers on port {port}.")
