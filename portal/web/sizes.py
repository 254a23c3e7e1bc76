"""Answers in a few sizes: who sees only how long an encrypted answer is learns nothing of what it says.

What fills an answer up is put in after it is compressed, where each format has a place that a reader skips: so it costs
no more than it must, and cannot be packed away.
"""

import struct
import zlib

import brotli

SIZES = (8192, 9728, 11_264)
"""Bytes of an answer as it goes over the net; all but the largest leave room for the stylesheets within 14,600."""

STEP = 16_384
"""Past the largest, sizes are multiples of this; and of what goes uncompressed, of four times as much."""


def size_of(length: int) -> int:
    """Return the size that an answer of that many bytes is filled up to."""
    return next((size for size in SIZES if length <= size), -(-length // STEP) * STEP)


def filled_plain(text: bytes) -> bytes:
    """Return a text (HTML or JSON) with lines after it, for who takes nothing compressed."""
    return text.ljust(-(-len(text) // (4 * STEP)) * 4 * STEP, b"\n")


def filled_brotli(text: bytes, quality: int) -> bytes:
    """Return a text compressed by Brotli, with metadata before its end (RFC 7932, section 9.2)."""
    compressor = brotli.Compressor(quality=quality)
    packed = compressor.process(text) + compressor.flush()  # which ends at a whole byte
    return bytes(packed) + _metadata(size_of(len(packed) + 1) - len(packed) - 1) + b"\x03"


_SHORT, _LONG = 256, 65_536
"""The most bytes of metadata whose length is said in one byte, and in two."""


def _metadata(length: int) -> bytes:
    """Return blocks of metadata that together are so many bytes."""
    made = b""
    while length > 0:
        if length < 3 or length == _SHORT + 3:
            made, length = made + b"\x06", length - 1  # a block without any
        elif length <= _SHORT + 2:
            made += (0b010110 | (length - 3) << 6).to_bytes(2, "little") + bytes(length - 2)
            length = 0
        else:
            most = min(length - 3, _LONG)
            made += (0b100110 | (most - 1) << 6).to_bytes(3, "little") + bytes(most)
            length -= most + 3
    return made


def filled_gzip(text: bytes, level: int) -> bytes:
    """Return a text compressed by gzip, with a field of its header filled (RFC 1952, section 2.3.1.1)."""
    compressor = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = compressor.compress(text) + compressor.flush()
    fixed = 10 + 2 + 4 + 8  # the header, the length of the field, its name and length, and the checks at the end
    filling = size_of(fixed + len(packed)) - fixed - len(packed)
    header = b"\x1f\x8b\x08\x04\0\0\0\0\0\xff" + struct.pack("<H2sH", filling + 4, b"IP", filling) + bytes(filling)
    return header + packed + struct.pack("<II", zlib.crc32(text), len(text) & 0xFFFFFFFF)
