#include "Decoder.hpp"
#include <algorithm>
#include <cmath>

namespace geogrid {

using simdjson::dom::element_type;

namespace {

int dimension(uint8_t kind) { return kind == None ? -1 : (kind - 1) / 2; }

} // namespace

uint8_t kindNamed(std::string_view name) {
  if (name == "Point") return Point;
  if (name == "MultiPoint") return MultiPoint;
  if (name == "LineString") return LineString;
  if (name == "MultiLineString") return MultiLineString;
  if (name == "Polygon") return Polygon;
  if (name == "MultiPolygon") return MultiPolygon;
  return None;
}

bool Decoder::fail(int32_t kind, std::string detail) {
  Issue issue{kind, hasLast, origin.record, lineOf(origin.byte), origin.byte, 1, lastX, lastY, id, std::move(detail)};
  issues.add(std::move(issue));
  return false;
}

void Decoder::note(int32_t kind, std::string detail) {
  if (!issues.isKnown(kind)) fail(kind, std::move(detail));
}

void Decoder::rollBack(const Mark &mark) {
  partOffsets.resize(mark.parts);
  pathOffsets.resize(mark.paths);
  xy.resize(mark.numbers);
}

void Decoder::endFeature(uint8_t kind) {
  kinds.push_back(kind);
  featureOffsets.push_back(int64_t(partOffsets.size()) - 1);
}

bool Decoder::decodeGeometry(Object object, uint8_t &kind, int depth) {
  Element type, coordinates, geometries;
  bool hasType = false, hasCoordinates = false, hasGeometries = false;
  for (auto field : object) {
    std::string_view key = field.key;
    if (key == "type") {
      if (hasType) note(GG_ISSUE_DUPLICATE_KEY, "type");
      else type = field.value;
      hasType = true;
    } else if (key == "coordinates") {
      if (hasCoordinates) note(GG_ISSUE_DUPLICATE_KEY, "coordinates");
      else coordinates = field.value;
      hasCoordinates = true;
    } else if (key == "geometries") {
      geometries = field.value;
      hasGeometries = true;
    } else if (key == "bbox") {
      checkBBox(field.value);
    } else if (key == "properties" || key == "geometry" || key == "features") {
      note(GG_ISSUE_MISPLACED_MEMBER, std::string(key));
    }
  }
  if (!hasType || !type.is_string()) return fail(GG_ISSUE_NO_TYPE);
  std::string_view name = type.get_string().value_unsafe();
  if (name == "GeometryCollection") {
    if (!hasGeometries || !geometries.is_array()) return fail(GG_ISSUE_NO_COORDINATES, "geometries");
    return decodeCollection(geometries, kind, depth);
  }
  kind = kindNamed(name);
  if (kind == None) return fail(GG_ISSUE_UNKNOWN_TYPE, std::string(name));
  if (!hasCoordinates || !coordinates.is_array()) return fail(GG_ISSUE_NO_COORDINATES, "coordinates");
  bool isEmpty = false;
  Mark before = mark();
  if (!decodeCoordinates(kind, coordinates, isEmpty)) {
    rollBack(before);
    return false;
  }
  if (isEmpty) kind = None;
  return true;
}

bool Decoder::decodeCoordinates(uint8_t kind, Element coordinates, bool &isEmpty) {
  Array list = coordinates.get_array().value_unsafe();
  if (list.begin() == list.end()) {
    isEmpty = true;
    return true;
  }
  switch (kind) {
  case Point:
    if (!decodePosition(coordinates)) return false;
    endPath();
    endPart();
    return true;
  case MultiPoint:
    for (Element position : list) {
      if (!decodePosition(position)) return false;
      endPath();
      endPart();
    }
    return true;
  case LineString:
    if (!decodePath(coordinates, 2, false)) return false;
    endPart();
    return true;
  case MultiLineString:
    for (Element line : list) {
      if (!decodePath(line, 2, false)) return false;
      endPart();
    }
    return true;
  case Polygon: return decodePolygon(coordinates);
  default:
    for (Element polygon : list) {
      if (!decodePolygon(polygon)) return false;
    }
    return true;
  }
}

bool Decoder::decodePosition(Element position) {
  if (!position.is_array()) return fail(GG_ISSUE_NESTING);
  auto list = position.get_array().value_unsafe();
  auto next = list.begin();
  auto end = list.end();
  double pair[2];
  for (double &value : pair) {
    if (!(next != end)) return fail(GG_ISSUE_SHORT_POSITION);
    if ((*next).get_double().get(value) != simdjson::SUCCESS) {
      return (*next).is_array() ? fail(GG_ISSUE_NESTING)
                                : fail(GG_ISSUE_NOT_A_NUMBER, nanSeen ? "NaN" : simdjson::minify(*next));
    }
    ++next;
  }
  if (!(std::fabs(pair[0]) < absurd && std::fabs(pair[1]) < absurd)) {
    return fail(GG_ISSUE_ABSURD_NUMBER, shortest(pair[0]) + ", " + shortest(pair[1]));
  }
  lastX = pair[0];
  lastY = pair[1];
  hasLast = true;
  int count = 2;
  for (; next != end; ++next, ++count) {
    if (!(*next).is_number()) return fail(GG_ISSUE_NOT_A_NUMBER, simdjson::minify(*next));
  }
  lastDimension = count;
  if (count > 3) note(GG_ISSUE_EXTRA_NUMBERS, std::to_string(count));
  xy.push_back(pair[0]);
  xy.push_back(pair[1]);
  return true;
}

bool Decoder::decodePath(Element path, size_t least, bool isRing) {
  if (!path.is_array()) return fail(GG_ISSUE_NESTING);
  size_t start = xy.size();
  int firstDimension = 0;
  bool mixed = false;
  for (Element position : path.get_array().value_unsafe()) {
    if (!decodePosition(position)) return false;
    if (firstDimension == 0) firstDimension = lastDimension;
    mixed |= lastDimension != firstDimension;
  }
  if (mixed) note(GG_ISSUE_MIXED_DIMENSIONS);
  size_t count = (xy.size() - start) / 2;
  if (isRing) {
    if (!closeRing(start, count)) return false;
  } else if (count < least) {
    return fail(GG_ISSUE_SHORT_LINE, std::to_string(count));
  }
  endPath();
  return true;
}

bool Decoder::closeRing(size_t start, size_t count) {
  if (count == 0) return fail(GG_ISSUE_SHORT_RING, "0");
  bool closed = count > 1 && xy[start] == xy[xy.size() - 2] && xy[start + 1] == xy[xy.size() - 1];
  if (count < (closed ? 4 : 3)) return fail(GG_ISSUE_SHORT_RING, std::to_string(count));
  if (!closed) {
    note(GG_ISSUE_UNCLOSED_RING);
    double x = xy[start], y = xy[start + 1];
    xy.push_back(x);
    xy.push_back(y);
  }
  return true;
}

bool Decoder::decodePolygon(Element rings) {
  if (!rings.is_array()) return fail(GG_ISSUE_NESTING);
  bool isShell = true;
  for (Element ring : rings.get_array().value_unsafe()) {
    size_t start = xy.size();
    if (!decodePath(ring, 4, true)) return false;
    if (!isWellWound(start, (xy.size() - start) / 2, isShell)) note(GG_ISSUE_WINDING);
    isShell = false;
  }
  if (isShell) return fail(GG_ISSUE_SHORT_RING, "0");
  endPart();
  return true;
}

bool Decoder::isWellWound(size_t start, size_t count, bool isShell) const {
  const double *p = xy.data() + start;
  double x0 = p[0], y0 = p[1], twice = 0;
  for (size_t i = 1; i + 2 < count; i++) {
    twice += (p[2 * i] - x0) * (p[2 * i + 3] - y0) - (p[2 * i + 2] - x0) * (p[2 * i + 1] - y0);
  }
  return twice == 0 || (twice > 0) == isShell;
}

/// Whether the first position after a mark has more than nine decimals.
bool Decoder::isOverPrecise(const Mark &before) const {
  if (xy.size() == before.numbers) return false;
  auto hasManyDecimals = [](double value) {
    double scaled = std::fabs(value) * 1e9;
    return scaled < 1e15 && std::fabs(scaled - std::round(scaled)) > 1e-3 * std::max(1.0, scaled * 1e-11);
  };
  return hasManyDecimals(xy[before.numbers]) || hasManyDecimals(xy[before.numbers + 1]);
}

/// Keeps the members of the highest dimension, as `GeometryKind` says.
bool Decoder::decodeCollection(Element geometries, uint8_t &kind, int depth) {
  if (depth > 0) note(GG_ISSUE_NESTED_COLLECTION);
  if (depth > 16) return fail(GG_ISSUE_TOO_DEEP);
  Mark start = mark();
  kind = None;
  size_t members = 0, dropped = 0;
  for (Element member : geometries.get_array().value_unsafe()) {
    members++;
    Object object;
    if (member.get_object().get(object) != simdjson::SUCCESS) return fail(GG_ISSUE_NOT_A_GEOMETRY);
    uint8_t memberKind = None;
    Mark before = mark();
    if (!decodeGeometry(object, memberKind, depth + 1)) return false;
    if (memberKind == None) continue;
    if (kind != None && dimension(memberKind) < dimension(kind)) {
      rollBack(before);
      dropped++;
      continue;
    }
    if (kind != None && dimension(memberKind) > dimension(kind)) {
      dropPrefix(start, before);
      dropped++;
    }
    kind = memberKind;
  }
  if (members == 1 && depth == 0) note(GG_ISSUE_LONE_COLLECTION);
  if (dropped > 0) note(GG_ISSUE_DROPPED_PARTS, std::to_string(dropped));
  if (kind != None && members > 1) kind = uint8_t(2 * dimension(kind) + 2);
  return true;
}

/// Removes what was decoded between two marks, keeping what came after the second.
void Decoder::dropPrefix(const Mark &from, const Mark &to) {
  int64_t paths = int64_t(to.paths - from.paths), coordinates = int64_t(to.numbers - from.numbers) / 2;
  partOffsets.erase(partOffsets.begin() + long(from.parts), partOffsets.begin() + long(to.parts));
  pathOffsets.erase(pathOffsets.begin() + long(from.paths), pathOffsets.begin() + long(to.paths));
  xy.erase(xy.begin() + long(from.numbers), xy.begin() + long(to.numbers));
  for (size_t i = from.parts; i < partOffsets.size(); i++) partOffsets[i] -= paths;
  for (size_t i = from.paths; i < pathOffsets.size(); i++) pathOffsets[i] -= coordinates;
}

} // namespace geogrid
