"""The two icons of the Teams app, drawn: the mark of the chat page, an open ring with a dot in its gap."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable

Pixel = tuple[int, int, int, int]

TEAL, WHITE, AMBER = (0x0B, 0x6E, 0x6E), (255, 255, 255), (0xFF, 0xD2, 0x7D)
#: The mark in units of a square of 32: the ring's middle, radius and half width, and half its gap in radians.
MIDDLE, RADIUS, HALF, GAP = (15.92, 16.0), 7.0, 1.6, 0.5738
DOT, DOT_RADIUS = (23.6, 16.0), 2.4
#: The middle of the whole mark.
CENTRE = (16.6, 16.0)


def color() -> bytes:
    """192 x 192 pixels, on our own ground to the very edge: Teams rounds the corners."""

    def pixel(ring: float, dot: float) -> Pixel:
        mixed = (
            round(ground * (1 - ring - dot) + ink * ring + light * dot)
            for ground, ink, light in zip(TEAL, WHITE, AMBER, strict=True)
        )
        return (*mixed, 255)  # type: ignore[return-value]

    return _drawn(192, 192 / 32, pixel)


def outline() -> bytes:
    """32 x 32 pixels, white on nothing."""
    return _drawn(32, 1.5, lambda ring, dot: (*WHITE, round(255 * min(1.0, ring + dot))))


def _drawn(size: int, scale: float, pixel: Callable[[float, float], Pixel]) -> bytes:
    """`pixel` is given how much of it the ring and the dot cover, each from 0 to 1."""
    rows = bytearray()
    for row in range(size):
        rows.append(0)
        for column in range(size):
            x = CENTRE[0] + (column + 0.5 - size / 2) / scale
            y = CENTRE[1] + (row + 0.5 - size / 2) / scale
            rows += bytes(pixel(_cover(_to_ring(x, y) * scale), _cover(_to_dot(x, y) * scale)))
    return _png(size, bytes(rows))


def _cover(distance: float) -> float:
    return min(1.0, max(0.0, 0.5 - distance))


def _to_ring(x: float, y: float) -> float:
    """The distance to the ring's edge, negative inside; its ends are round."""
    dx, dy = x - MIDDLE[0], y - MIDDLE[1]
    if abs(math.atan2(dy, dx)) > GAP:
        return abs(math.hypot(dx, dy) - RADIUS) - HALF
    end_x, end_y = RADIUS * math.cos(GAP), RADIUS * math.sin(GAP)
    return math.hypot(dx - end_x, abs(dy) - end_y) - HALF


def _to_dot(x: float, y: float) -> float:
    return math.hypot(x - DOT[0], y - DOT[1]) - DOT_RADIUS


def _png(size: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows, 9)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
