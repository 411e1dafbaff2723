"""Postfix in a folder of its own: one door for the world, one for members who sign in."""

import grp
import os
import pwd
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from tests.servers.dovecot import PATIENCE, Dovecot, wait_for

PROGRAMS = Path("/usr/lib/postfix/sbin")
MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
daemon_directory = /usr/lib/postfix/sbin
command_directory = /usr/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.banners.test
mydestination =
mynetworks = 127.0.0.0/8
smtp_dns_support_level = disabled
smtp_host_lookup = native
smtpd_peername_lookup = no
virtual_mailbox_domains = banners.test, customer.test
virtual_transport = lmtp:unix:{lmtp}
transport_maps = texthash:{folder}/transport
recipient_delimiter = +
smtpd_sasl_type = dovecot
smtpd_sasl_path = {auth}
smtpd_sasl_auth_enable = yes
smtpd_recipient_restrictions = permit_mynetworks, reject
message_size_limit = 120000000
mailbox_size_limit = 0
virtual_mailbox_limit = 0
queue_run_delay = 2s
minimal_backoff_time = 2s
maximal_backoff_time = 4s
delay_warning_time = 3s
maximal_queue_lifetime = 8s
bounce_queue_lifetime = 8s
alias_maps =
local_recipient_maps =
smtputf8_enable = yes
smtpd_reject_unlisted_recipient = no
"""
TRANSPORT = """
gone.test error:5.1.1 The address does not exist
full.test error:5.2.2 The mailbox is full
policy.test error:5.7.1 Refused by policy
slow.test retry:4.2.1 Try again later
"""
MASTER = """
{inbound} inet n - n - - smtpd -o smtpd_sasl_auth_enable=no
{submission} inet n - n - - smtpd -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
QUEUES = (
    "active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private",
    "saved", "trace",
)  # fmt: skip


@dataclass(kw_only=True)
class Postfix:
    folder: Path
    inbound: int
    submission: int
    process: subprocess.Popen[bytes] | None = None

    def start(self, dovecot: Dovecot) -> None:
        conf = self.folder / "conf"
        conf.mkdir(parents=True)
        run = dovecot.folder / "run"
        main = MAIN.format(folder=self.folder, lmtp=run / "lmtp", auth=run / "postfix-auth")
        (conf / "main.cf").write_text(main)
        (conf / "master.cf").write_text(
            MASTER.format(inbound=self.inbound, submission=self.submission)
        )
        (self.folder / "transport").write_text(TRANSPORT)
        self._make_queues()
        self.process = subprocess.Popen(
            [str(PROGRAMS / "master"), "-c", str(conf), "-d"],
            env=os.environ | {"MAIL_CONFIG": str(conf)}, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for port in (self.inbound, self.submission):
            wait_for(port)

    def _make_queues(self) -> None:
        owner, drop = pwd.getpwnam("postfix").pw_uid, grp.getgrnam("postdrop").gr_gid
        queue = self.folder / "queue"
        for path in (self.folder / "data", *(queue / name for name in QUEUES)):
            path.mkdir(parents=True, mode=0o700)
            os.chown(path, owner, -1)
        for name, mode in (("maildrop", 0o1730), ("public", 0o2710)):
            (queue / name).mkdir()
            os.chown(queue / name, owner, drop)
            (queue / name).chmod(mode)
        (queue / "pid").mkdir()

    def stop(self) -> None:
        """Its children are of its own session, which began with it."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        self.process = None
