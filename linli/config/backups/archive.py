"""The archive: ``manifest.json``, the database, ``files/``. Keys are not in it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
import os
import shutil
import tarfile
import tempfile
from dataclasses import asdict
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings

import linli
from linli.config.backups.engines import BackupError, Engine, Proof, engine, files_folder, rows_in_use
from linli.core.times import local

FORMAT = 1


def write_backup(target: Path, at: datetime) -> dict[str, Any]:
    """Write an archive to ``target``, which appears only when it is complete; gives its manifest."""
    here = engine()
    half = target.with_name(f".{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            database = Path(folder) / "database"
            proof = here.copy(database)
            with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                with tarfile.open(fileobj=out, mode="w:gz", compresslevel=3) as archive:
                    archive.add(database, "database")
                    manifest = manifest_of(here, proof, at, add_files(archive))
                    words = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
                    member = tarfile.TarInfo("manifest.json")
                    member.size = len(words)
                    archive.addfile(member, io.BytesIO(words))
                out.flush()
                os.fsync(out.fileno())
        half.replace(target)
    except OSError as error:
        raise BackupError(f"写不到 {target} / Cannot write there: {error}") from error
    finally:
        half.unlink(missing_ok=True)
    return manifest


def add_files(archive: tarfile.TarFile) -> int:
    """Put every stored file into ``archive``; one that retention removes meanwhile is left out. Gives their number."""
    number = 0
    for file in sorted(files_folder().rglob("*")):
        if file.name.startswith(".") or not file.is_file():
            continue
        try:
            archive.add(file, f"files/{file.relative_to(files_folder()).as_posix()}")
            number += 1
        except FileNotFoundError:
            continue
    return number


def manifest_of(here: Engine, proof: Proof, at: datetime, files: int) -> dict[str, Any]:
    """What the archive says of itself."""
    return {
        "format": FORMAT,
        "linli": linli.__version__,
        "made_at": local(at).isoformat(timespec="seconds"),
        "engine": here.name,
        "files": files,
        "keys": fingerprints(settings.LINLI_KEYS),
        **asdict(proof),
    }


def read_backup(source: Path, *, keys: Path | None, without_keys: bool, is_over: bool = False) -> dict[str, Any]:
    """Put an archive back into this installation, which must be empty; gives its manifest. With ``is_over`` it takes
    the place of what stands here, which is how an update goes back.

    Raises `BackupError` before anything is touched where it does not fit, and where what stands then is not
    what was saved.
    """
    here = engine()
    try:
        with tempfile.TemporaryDirectory(dir=settings.LINLI_DATA) as name, tarfile.open(source) as archive:
            folder = Path(name)
            unpack(archive, folder)
            manifest = json.loads((folder / "manifest.json").read_text())
            check_fits(manifest, here, keys, without_keys=without_keys)
            if not is_over:
                check_empty()
            expected = Proof(manifest["tables"], manifest["audit_head"])
            unpacked = folder / "files"
            found = sum(file.is_file() for file in unpacked.rglob("*"))
            if found != manifest["files"]:
                raise BackupError(f"文件数不符 / Files: {found}, manifest says {manifest['files']}")
            if is_over:
                here.clear()
            if here.put_back(folder / "database", expected) != expected:
                raise BackupError("还原后的数据与备份时不一致 / What stands now is not what was saved.")
            if unpacked.exists():
                shutil.copytree(unpacked, files_folder(), dirs_exist_ok=True)
    except (OSError, KeyError, ValueError, EOFError, tarfile.TarError) as error:
        raise BackupError(f"{source} 不是完整的邻里备份 / is not a whole backup of Linli: {error}") from error
    if keys:
        install_keys(keys)
    return manifest


def unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """The plain files of ``archive`` below ``folder``; links and paths that lead elsewhere are refused."""
    for member in archive:
        if member.isdir():
            continue
        path = PurePosixPath(member.name)
        stream = archive.extractfile(member) if member.isfile() else None
        if stream is None or path.is_absolute() or ".." in path.parts:
            raise BackupError(f"{member.name}: 备份里不该有这样的内容 / does not belong into a backup")
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with stream, target.open("wb") as out:
            shutil.copyfileobj(stream, out)


def check_fits(manifest: dict[str, Any], here: Engine, keys: Path | None, *, without_keys: bool) -> None:
    """Raise `BackupError` where this archive must not be put into this installation."""
    if manifest["format"] != FORMAT:
        raise BackupError(f"备份格式 {manifest['format']} 需要更新的版本 / needs a newer Linli")
    if manifest["engine"] != here.name:
        raise BackupError(f"这是 {manifest['engine']} 的备份，本机用的是 {here.name} / made on the other engine")
    if not (without_keys or opens(manifest["keys"], keys)):
        raise BackupError(
            "本机的钥匙打不开这个备份：请加 --keys 钥匙文件；钥匙已丢失就加 --without-keys(联系方式将读不出)。"
            " / The keys here do not open it: add --keys FILE, or --without-keys if they are lost."
        )


def check_empty() -> None:
    """Raise `BackupError` where this installation is in use."""
    used = rows_in_use()
    if used:
        raise BackupError(f"这里已有数据，只能还原到空的安装 / Restore into an empty installation only; found {used}")


def fingerprints(keys: dict[str, str]) -> dict[str, str]:
    """What tells one encryption key from another without telling the key."""
    return {
        name: hmac.new(base64.b64decode(key), b"linli backup", hashlib.sha256).hexdigest()[:16]
        for name, key in keys.items()
    }


def opens(wanted: dict[str, str], keys: Path | None) -> bool:
    """Whether the keys (those in the file ``keys``, or this installation's) are those that the backup was made with."""
    held = json.loads(keys.read_text())["keys"] if keys else settings.LINLI_KEYS
    return wanted.items() <= fingerprints(held).items()


def install_keys(keys: Path) -> None:
    """Make ``keys`` this installation's; the former file is kept beside it."""
    home = Path(settings.LINLI_KEY_FILE)
    if home.exists():
        home.replace(home.with_name(f"{home.name}.before-restore"))
    write_keys(home, keys.read_text())


def write_keys(target: Path, words: str) -> None:
    """A key file that only its owner reads. Raises `FileExistsError`: keys are never written over."""
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(words)
