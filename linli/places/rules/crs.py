"""Coordinates: WGS-84 is stored; GCJ-02 and BD-09, which Chinese consumer maps give, are turned into it (GEN-006)."""

from __future__ import annotations

from collections.abc import Callable
from math import atan2, cos, pi, sin, sqrt

WGS84, GCJ02, BD09 = "WGS-84", "GCJ-02", "BD-09"
SYSTEMS = (WGS84, GCJ02, BD09)
AXIS, FLATNESS = 6378245.0, 0.00669342162296594323
"""The Krasovsky 1940 ellipsoid, on which GCJ-02's offsets are computed."""

Point = tuple[float, float]


def _waves(x: float) -> float:
    return (20.0 * sin(6.0 * pi * x) + 20.0 * sin(2.0 * pi * x)) * 2.0 / 3.0


def _swells(x: float, near: float, far: float, near_wave: float, far_wave: float) -> float:
    steep = (20.0 * sin(pi * x) + 40.0 * sin(pi * x / 3.0)) * 2.0 / 3.0
    return steep + (near * sin(pi * x / near_wave) + far * sin(pi * x / far_wave)) * 2.0 / 3.0


def is_in_china(longitude: float, latitude: float) -> bool:
    """Whether GCJ-02 shifts this point at all; outside the rectangle it equals WGS-84."""
    return 72.004 <= longitude <= 137.8347 and 0.8293 <= latitude <= 55.8271


def gcj02_of(longitude: float, latitude: float) -> Point:
    """The GCJ-02 point of a WGS-84 point."""
    if not is_in_china(longitude, latitude):
        return longitude, latitude
    x, y = longitude - 105.0, latitude - 35.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    north += _waves(x) + _swells(y, 160.0, 320.0, 12.0, 30.0)
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    east += _waves(x) + _swells(x, 150.0, 300.0, 12.0, 30.0)
    slope = latitude / 180.0 * pi
    magic = 1 - FLATNESS * sin(slope) ** 2
    north = north * 180.0 / (AXIS * (1 - FLATNESS) / (magic * sqrt(magic)) * pi)
    east = east * 180.0 / (AXIS / sqrt(magic) * cos(slope) * pi)
    return longitude + east, latitude + north


def bd09_of(longitude: float, latitude: float) -> Point:
    """The BD-09 point of a GCJ-02 point."""
    radius = sqrt(longitude**2 + latitude**2) + 0.00002 * sin(latitude * pi * 3000.0 / 180.0)
    angle = atan2(latitude, longitude) + 0.000003 * cos(longitude * pi * 3000.0 / 180.0)
    return radius * cos(angle) + 0.0065, radius * sin(angle) + 0.006


def undone(forward: Callable[[float, float], Point], longitude: float, latitude: float) -> Point:
    """The point that ``forward`` carries to the given one, found by walking back what is too far (8 steps: < 1e-9°)."""
    x, y = longitude, latitude
    for _step in range(8):
        there = forward(x, y)
        x, y = x - (there[0] - longitude), y - (there[1] - latitude)
    return x, y


def wgs84_of(longitude: float, latitude: float, source: str) -> Point:
    """The WGS-84 point of a point given in ``source``. Raises `ValueError` for a system we do not know."""
    if source == WGS84:
        return longitude, latitude
    if source == BD09:
        longitude, latitude = undone(bd09_of, longitude, latitude)
    elif source != GCJ02:
        raise ValueError(source)
    return undone(gcj02_of, longitude, latitude)
