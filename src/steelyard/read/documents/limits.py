"""How much is taken in, so that no file can hold up the reader or fill the memory."""

from __future__ import annotations

MEGABYTE = 1_000_000
# Of a file on disk; more than any report, less than what would fill the memory.
LARGEST_FILE = 200 * MEGABYTE
# Of the characters of one document; at 1 MB/s it takes half a minute to read.
LARGEST_TEXT = 32 * MEGABYTE
# Of what a compressed file unfolds to; text shrinks to a tenth, tables to a fiftieth, bombs to a thousandth.
LARGEST_UNFOLDED = 200 * MEGABYTE
LARGEST_RATIO = 200
# Below this size any ratio will do.
SMALL_UNFOLDED = 16 * MEGABYTE
# Of an archive that is read file by file: how many files, and what they unfold to together.
MOST_MEMBERS = 10_000_000
LARGEST_ARCHIVE = 1_000_000 * MEGABYTE
# Of the list of its files that a ZIP archive carries at its end, which must be read whole: a million files.
LARGEST_DIRECTORY = 100 * MEGABYTE
# Boxes in boxes, such as a .gz in a .zip.
DEEPEST_NESTING = 3
# Faults of one kind told of one file; the rest is counted.
MOST_TOLD = 5


def in_megabytes(count: int) -> str:
    """A size for a message.

    >>> in_megabytes(32_000_000)
    '32 MB'
    """
    return f"{count // MEGABYTE} MB"
