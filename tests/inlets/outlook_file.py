"""Writes a small .msg the way Outlook lays it out: a file system in a file (MS-CFB, MS-OXMSG)."""

import struct
from datetime import UTC, datetime

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STRING, NUMBER, MOMENT = 0x001F, 0x0003, 0x0040
SUBJECT, BODY, CLASS, HEADERS = 0x0037, 0x1000, 0x001A, 0x007D
SENDER, SENDER_SMTP, MESSAGE_ID, SENT = 0x0C1A, 0x5D01, 0x1035, 0x0039
NAME, SMTP, TO_OR_CC = 0x3001, 0x39FE, 0x0C15
AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


def msg(properties, recipients=()):
    """`properties` by id; `recipients` as (name, address, 1 for To or 2 for Cc)."""
    root = _storage(properties, b"\0" * 8 + struct.pack("<4I8x", 9, 0, len(recipients), 0))
    for n, (name, address, which) in enumerate(recipients):
        inside = _storage({NAME: name, SMTP: address, TO_OR_CC: which}, b"\0" * 8)
        root[f"__recip_version1.0_#{n:08X}"] = inside
    return _packed(root)


def _storage(properties, header):
    streams, table = {}, header
    for pid, value in properties.items():
        if isinstance(value, str):
            raw = value.encode("utf-16-le")
            streams[f"__substg1.0_{pid:04X}{STRING:04X}"] = raw
            table += struct.pack("<HHIII", STRING, pid, 6, len(raw) + 2, 0)
        elif isinstance(value, datetime):
            ticks = int((value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10**7)
            table += struct.pack("<HHIQ", MOMENT, pid, 6, ticks)
        else:
            table += struct.pack("<HHIII", NUMBER, pid, 6, value, 0)
    return streams | {"__properties_version1.0": table}


def _packed(root):
    entries = _entries(root)
    sectors, fat, mini, minifat = [], [], b"", []
    for entry in entries:
        raw = entry["raw"]
        if entry["kind"] != 2 or not raw:
            entry["start"] = END
        elif len(raw) < CUTOFF:
            entry["start"] = len(minifat)
            count = -(-len(raw) // MINI)
            minifat += [*range(len(minifat) + 1, len(minifat) + count), END]
            mini += raw.ljust(count * MINI, b"\0")
        else:
            entry["start"] = _chain(raw, sectors, fat)
    entries[0] |= {"start": _chain(mini, sectors, fat), "raw": mini}
    table = struct.pack(f"<{len(minifat)}I", *minifat)
    minifat_at = _chain(table, sectors, fat, filler=b"\xff")
    directory = b"".join(map(_entry, entries))
    directory_at = _chain(directory, sectors, fat)
    fat_at, packed = _table(sectors, fat)
    fat_count = len(fat_at)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIII", 0, fat_count, directory_at, 0, CUTOFF)
    head += struct.pack("<IIII", minifat_at, -(-len(table) // SECTOR), END, 0)
    head += struct.pack("<109I", *fat_at, *[FREE] * (109 - fat_count))
    return head + b"".join(sectors) + packed


def _table(sectors, fat):
    """The list of all sectors, which lists its own as well."""
    count = 1
    while (len(fat) + count) > count * 128:
        count += 1
    whole = [*fat, *[FAT] * count]
    packed = struct.pack(f"<{len(whole)}I", *whole).ljust(count * SECTOR, b"\xff")
    return list(range(len(sectors), len(sectors) + count)), packed


def _chain(raw, sectors, fat, filler=b"\0"):
    count = max(1, -(-len(raw) // SECTOR))
    start = len(sectors)
    padded = raw.ljust(count * SECTOR, filler)
    sectors += [padded[n * SECTOR : (n + 1) * SECTOR] for n in range(count)]
    fat += [*range(start + 1, start + count), END]
    return start


def _entries(root):
    """The root first; the children of each as a chain to the right, in the order of the format."""
    found = [{"name": "Root Entry", "kind": 5, "raw": b"", "child": FREE, "right": FREE}]

    def add(owner, inside):
        before = None
        for name in sorted(inside, key=lambda name: (len(name), name.upper())):
            value = inside[name]
            kind = 1 if isinstance(value, dict) else 2
            number = len(found)
            raw = b"" if kind == 1 else value
            found.append({"name": name, "kind": kind, "raw": raw, "child": FREE, "right": FREE})
            if before is None:
                found[owner]["child"] = number
            else:
                found[before]["right"] = number
            before = number
            if kind == 1:
                add(number, value)

    add(0, root)
    while len(found) % 4:
        found.append({"name": "", "kind": 0, "raw": b"", "child": FREE, "right": FREE})
    return found


def _entry(entry):
    name = entry["name"].encode("utf-16-le")
    size = len(name) + 2 if entry["kind"] else 0
    return (
        name.ljust(64, b"\0")
        + struct.pack("<HBB", size, entry["kind"], 1)
        + struct.pack("<III", FREE, entry["right"], entry["child"])
        + b"\0" * 36
        + struct.pack("<IQ", entry["start"] if entry["kind"] else 0, len(entry["raw"]))
    )
