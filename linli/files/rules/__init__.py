"""What may come in, told by its own bytes and never by its name; and what comes out of the cleaning."""

from linli.files.rules.clean import SHOWN, Clean, clean_name, sha256_of
from linli.files.rules.pictures import Box, clean_image, covered
from linli.files.rules.sheets import clean_sheet
from linli.files.rules.sounds import clean_sound

CleanImage = Clean

__all__ = [
    "SHOWN", "Box", "Clean", "CleanImage", "clean_image", "clean_name", "clean_sheet", "clean_sound", "covered",
    "sha256_of",
]  # fmt: skip
