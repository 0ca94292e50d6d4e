"""A disk that can lose its power: SQLite writes through it, and it remembers what was synced and what was not.

It wraps the file system layer (VFS) of the very SQLite that Python uses, by ctypes: each write, truncation and sync
goes to the real file and into a record. From the record comes the disk as it would be found after a cut at any moment:
what was synced is there; of what came after, nothing, or any part in any order, down to single sectors. New names and
deletions count as kept: SQLite syncs the folder itself where it relies on them.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import random
from pathlib import Path

SECTOR = 512
INT, I64, PTR, TEXT = ctypes.c_int, ctypes.c_longlong, ctypes.c_void_p, ctypes.c_char_p
OPEN = ctypes.CFUNCTYPE(INT, PTR, PTR, PTR, INT, PTR)
WRITE = ctypes.CFUNCTYPE(INT, PTR, PTR, INT, I64)
TRUNCATE = ctypes.CFUNCTYPE(INT, PTR, I64)
SYNC = ctypes.CFUNCTYPE(INT, PTR, INT)
DELETE = ctypes.CFUNCTYPE(INT, PTR, TEXT, INT)
SLOTS = 19


class Methods(ctypes.Structure):
    """``sqlite3_io_methods``: a version and eighteen functions, of which we take three."""

    _fields_ = [("version", INT), *((f"f{number}", PTR) for number in range(1, SLOTS))]


class Vfs(ctypes.Structure):
    """``sqlite3_vfs``, as far as we touch it; the rest is carried along as it is."""

    _fields_ = [
        *(("version", INT), ("size", INT), ("longest", INT), ("next", PTR), ("name", TEXT), ("data", PTR)),
        *(("open", OPEN), ("delete", DELETE), *((f"f{number}", PTR) for number in range(1, 14))),
    ]


class Disk:
    """The layer itself, registered under the name ``cut``; ``record`` is what happened."""

    def __init__(self):
        self.sqlite = ctypes.CDLL(_sqlite3.__file__)
        self.sqlite.sqlite3_vfs_find.restype = ctypes.POINTER(Vfs)
        self.below = self.sqlite.sqlite3_vfs_find(None)
        self.record, self.names, self.kept = [], {}, []
        self.vfs = Vfs.from_buffer_copy(self.below.contents)
        self.vfs.next, self.vfs.name = None, b"cut"
        self.vfs.open, self.vfs.delete = OPEN(self._open), DELETE(self._delete)
        self.sqlite.sqlite3_vfs_register(ctypes.byref(self.vfs), 0)

    def close(self):
        self.sqlite.sqlite3_vfs_unregister(ctypes.byref(self.vfs))

    def _open(self, _vfs, name, file, flags, out):
        """The name is handed on as the address that it is: SQLite keeps it as long as the file is open."""
        done = self.below.contents.open(ctypes.cast(self.below, PTR).value, name, file, flags, out)
        if done == 0 and name:
            slot = ctypes.cast(file, ctypes.POINTER(PTR))
            slot[0] = self._watched(slot[0], Path(ctypes.string_at(name).decode()).name)
        return done

    def _delete(self, _vfs, name, is_synced):
        self.record.append((Path(name.decode()).name, "delete", 0, b""))
        return self.below.contents.delete(ctypes.cast(self.below, PTR).value, name, is_synced)

    def _watched(self, address, name):
        """The file's own functions, with ours before write, truncate and sync."""
        methods = Methods.from_buffer_copy(Methods.from_address(address))
        write, truncate, sync = WRITE(methods.f3), TRUNCATE(methods.f4), SYNC(methods.f5)

        def on_write(file, data, size, at):
            self.record.append((name, "write", at, ctypes.string_at(data, size)))
            return write(file, data, size, at)

        def on_truncate(file, size):
            self.record.append((name, "truncate", size, b""))
            return truncate(file, size)

        def on_sync(file, flags):
            done = sync(file, flags)
            self.record.append((name, "sync", 0, b""))
            return done

        ours = WRITE(on_write), TRUNCATE(on_truncate), SYNC(on_sync)
        methods.f3, methods.f4, methods.f5 = (ctypes.cast(one, PTR).value for one in ours)
        self.kept.append((methods, ours))
        return ctypes.addressof(methods)

    def note(self, words):
        """Something that the world was told at this moment."""
        self.record.append(("", "told", words, b""))

    def told(self, moment):
        """All that was told before a moment."""
        return [words for _name, what, words, _data in self.record[:moment] if what == "told"]

    def after_cut(self, moment, folder, chance=None):
        """The disk as it is found: with ``chance`` any part of what was not synced is there too."""
        synced, loose = {}, {}
        for name, what, at, data in self.record[:moment]:
            if what == "told":
                continue
            if what == "delete":
                synced.pop(name, None)
                loose.pop(name, None)
            elif what == "sync":
                apply(synced.setdefault(name, bytearray()), loose.pop(name, []))
            else:
                synced.setdefault(name, bytearray())
                loose.setdefault(name, []).append((what, at, data))
        for name, content in synced.items():
            if chance is not None:
                apply(content, survivors(loose.get(name, []), chance))
            (folder / name).write_bytes(content)


def survivors(events, chance: random.Random):
    """Some of the unsynced writes, in any order, torn at sectors."""
    pieces = []
    for what, at, data in events:
        if what == "truncate":
            pieces.append((what, at, data))
        else:
            pieces += [(what, at + cut, data[cut : cut + SECTOR]) for cut in range(0, len(data), SECTOR)]
    pieces = [piece for piece in pieces if chance.random() < 0.5]
    chance.shuffle(pieces)
    return pieces


def apply(content, events):
    """Carry out writes and truncations on a file's bytes."""
    for what, at, data in events:
        if what == "truncate":
            del content[at:]
            content.extend(bytes(at - len(content)))
        else:
            content.extend(bytes(max(at + len(data) - len(content), 0)))
            content[at : at + len(data)] = data
