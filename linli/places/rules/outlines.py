"""Outlines: what a GeoJSON file may hold, turned into WGS-84, and drawn as a path."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.places.rules.crs import SYSTEMS, wgs84_of

MAX_POINTS = 200_000
Ring = list[list[float]]
Polygon = list[Ring]


class BadOutline(ValueError):
    """A file that is no usable GeoJSON; the words say what to do."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One feature: the code and name it bears, and its polygons in WGS-84."""

    code: str
    name: str
    polygons: list[Polygon]


def read_geojson(content: bytes, source_crs: str) -> list[Shape]:
    """The shapes in a FeatureCollection, a bare list of features, one feature or one geometry.

    Raises `BadOutline`.
    """
    if source_crs not in SYSTEMS:
        raise BadOutline(_("坐标系只认 %(systems)s。") % {"systems": "、".join(SYSTEMS)})
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadOutline(_("这不是 GeoJSON 文件。请从地图软件里另存为 GeoJSON 再上传。")) from None
    shapes = [shape for feature in _features(data) if (shape := _shape(feature, source_crs))]
    if not shapes:
        raise BadOutline(_("文件里没有面（Polygon 或 MultiPolygon），画不出范围。"))
    if sum(len(ring) for shape in shapes for polygon in shape.polygons for ring in polygon) > MAX_POINTS:
        raise BadOutline(_("范围的点太多。请先在地图软件里简化，再上传。"))
    return shapes


def _features(data: Any) -> list[Any]:
    if isinstance(data, list):
        return data
    if not isinstance(data, dict):
        return []
    if data.get("type") == "FeatureCollection":
        features = data.get("features")
        return features if isinstance(features, list) else []
    return [data] if data.get("type") == "Feature" else [{"geometry": data}]


def _shape(feature: Any, source_crs: str) -> Shape | None:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        return None
    named = feature.get("properties")
    properties: dict[str, Any] = named if isinstance(named, dict) else {}
    coordinates: Any = geometry.get("coordinates")
    try:
        parts = [coordinates] if geometry["type"] == "Polygon" else list(coordinates)
        polygons = [[_ring(ring, source_crs) for ring in part] for part in parts]
    except (TypeError, ValueError, IndexError):
        raise BadOutline(_("文件里的坐标读不出来：每个点应是“经度，纬度”两个数。")) from None
    code = str(properties.get("adcode") or properties.get("code") or "")
    return Shape(code, str(properties.get("name") or ""), polygons)


def _ring(ring: Sequence[Sequence[float]], source_crs: str) -> Ring:
    """A closed ring in WGS-84."""
    points = []
    for point in ring:
        longitude, latitude = float(point[0]), float(point[1])
        if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
            raise ValueError(point)
        points.append([round(figure, 6) for figure in wgs84_of(longitude, latitude, source_crs)])
    if points and points[0] != points[-1]:
        points.append(list(points[0]))
    if len(points) < 4:
        raise ValueError(ring)
    return points


def geometry_of(polygons: list[Polygon]) -> str:
    """GeoJSON text of a MultiPolygon."""
    return json.dumps({"type": "MultiPolygon", "coordinates": polygons}, separators=(",", ":"))


def polygons_in(geometry: str) -> list[Polygon]:
    """The polygons of a stored outline."""
    polygons: list[Polygon] = json.loads(geometry)["coordinates"]
    return polygons


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page's worth of outlines: the box, and one SVG path each, in the order they came."""

    width: int
    height: int
    paths: list[str]


def drawing_of(outlines: Sequence[list[Polygon]], width: int = 720) -> Drawing:
    """The outlines side by side on one sheet, north up, true to scale at their middle latitude."""
    points = [point for polygons in outlines for point in _points(polygons)]
    if not points:
        return Drawing(width, 1, [])
    west, east = min(point[0] for point in points), max(point[0] for point in points)
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    squeeze = cos(radians((south + north) / 2))
    scale = (width - 8) / max((east - west) * squeeze, (north - south) * 0.75, 1e-9)
    height = round((north - south) * scale) + 8

    def path(ring: Ring) -> str:
        steps = [f"{(x - west) * squeeze * scale + 4:.1f} {(north - y) * scale + 4:.1f}" for x, y in ring]
        return f"M{'L'.join(dict.fromkeys(steps))}Z"

    return Drawing(width, height, ["".join(path(r) for part in polygons for r in part) for polygons in outlines])


def _points(polygons: list[Polygon]) -> Iterator[list[float]]:
    return (point for polygon in polygons for ring in polygon for point in ring)
