#include "Decoder.hpp"

// The short way for features of the ordinary kind, in one pass over their text: type, id, properties of plain values
// and a geometry that is no collection, in whatever order, without escapes and without faults. A feature of any other
// kind goes through simdjson and the rest of the decoder, which says what is wrong with it; so does the first one with
// a habit that is worth a remark. Both ways give the same: a test holds them together.

namespace geogrid {

size_t Decoder::ordinary(const char *text, const char *end, Origin where) {
  Cursor in{text, end};
  Mark before = mark();
  uint8_t kind = None;
  bool hasId = false;
  windings = 0;
  bool isOrdinary = readOrdinary(in, kind, hasId);
  bool isOverly = isOrdinary && isOverPrecise(before);
  if (!isOrdinary || (isOverly && !issues.has(GG_ISSUE_PRECISION))) {
    rollBack(before);
    return 0;
  }
  for (; windings > 0; windings--) issues.isKnown(GG_ISSUE_WINDING);
  if (isOverly) issues.isKnown(GG_ISSUE_PRECISION);
  origin = where;
  nanSeen = false;
  hasLast = xy.size() > before.numbers;
  if (hasLast) {
    lastX = xy[xy.size() - 2];
    lastY = xy[xy.size() - 1];
  }
  appendRow(kind, hasId);
  size_t hint = 0;
  for (const Property &property : properties) addProperty(property.name, property.value, kinds.size() - 1, hint);
  return size_t(in.p - text);
}

bool Decoder::readOrdinary(Cursor &in, uint8_t &kind, bool &hasId) {
  bool hasType = false, hasGeometry = false, hasProperties = false;
  id.clear();
  properties.clear();
  if (!in.take('{')) return false;
  do {
    in.space();
    if (in.word("\"type\"")) {
      if (hasType || !in.take(':')) return false;
      in.space();
      if (!in.word("\"Feature\"")) return false;
      hasType = true;
    } else if (in.word("\"properties\"")) {
      if (hasProperties || !in.take(':') || !readProperties(in)) return false;
      hasProperties = true;
    } else if (in.word("\"geometry\"")) {
      if (hasGeometry || !in.take(':') || !readGeometry(in, kind)) return false;
      hasGeometry = true;
    } else if (in.word("\"id\"")) {
      if (hasId || !in.take(':') || !readId(in)) return false;
      hasId = true;
    } else {
      return false;
    }
  } while (in.take(','));
  return in.take('}') && hasType && hasGeometry && hasProperties;
}

bool Decoder::readId(Cursor &in) {
  in.space();
  if (*in.p == '"') {
    std::string_view text;
    if (!in.string(text)) return false;
    id = text;
    return true;
  }
  double value;
  bool isWhole;
  int64_t whole;
  if (!in.number(value, isWhole, whole) || !isWhole) return false;
  id = std::to_string(whole);
  return true;
}

bool Decoder::readProperties(Cursor &in) {
  in.space();
  if (in.word("null")) return true;
  if (!in.take('{')) return false;
  if (in.take('}')) return true;
  do {
    Property &property = properties.emplace_back();
    Value &value = property.value;
    if (!in.string(property.name) || !in.take(':')) return false;
    in.space();
    switch (*in.p) {
    case '"':
      value.kind = Value::Text;
      if (!in.string(value.text)) return false;
      break;
    case 't':
    case 'f':
      value.kind = Value::Boolean;
      value.integer = *in.p == 't';
      if (!(value.integer ? in.word("true") : in.word("false"))) return false;
      break;
    case 'n':
      if (!in.word("null")) return false;
      break;
    default:
      bool isWhole;
      if (!in.number(value.number, isWhole, value.integer)) return false;
      value.kind = isWhole ? Value::Integer : Value::Number;
    }
  } while (in.take(','));
  return in.take('}');
}

bool Decoder::readGeometry(Cursor &in, uint8_t &kind) {
  in.space();
  if (in.word("null")) return true;
  if (!in.take('{')) return false;
  in.space();
  std::string_view name;
  if (!in.word("\"type\"") || !in.take(':') || !in.string(name) || !in.take(',')) return false;
  in.space();
  kind = kindNamed(name);
  if (kind == None || !in.word("\"coordinates\"") || !in.take(':')) return false;
  bool hasZ;
  switch (kind) {
  case Point:
    if (!readPosition(in, hasZ)) return false;
    endPath();
    endPart();
    break;
  case MultiPoint:
    if (!in.take('[')) return false;
    do {
      if (!readPosition(in, hasZ)) return false;
      endPath();
      endPart();
    } while (in.take(','));
    if (!in.take(']')) return false;
    break;
  case LineString:
    if (!readPath(in, 2, false)) return false;
    endPart();
    break;
  case MultiLineString:
    if (!in.take('[')) return false;
    do {
      if (!readPath(in, 2, false)) return false;
      endPart();
    } while (in.take(','));
    if (!in.take(']')) return false;
    break;
  case Polygon:
    if (!readPolygon(in)) return false;
    break;
  default:
    if (!in.take('[')) return false;
    do {
      if (!readPolygon(in)) return false;
    } while (in.take(','));
    if (!in.take(']')) return false;
  }
  return in.take('}');
}

bool Decoder::readPosition(Cursor &in, bool &hasZ) {
  double x, y, z;
  bool isWhole;
  int64_t whole;
  if (!in.take('[') || !in.number(x, isWhole, whole) || !in.take(',') || !in.number(y, isWhole, whole)) return false;
  hasZ = in.take(',');
  if (hasZ && !in.number(z, isWhole, whole)) return false;
  if (!in.take(']') || !(std::fabs(x) < absurd && std::fabs(y) < absurd)) return false;
  xy.push_back(x);
  xy.push_back(y);
  return true;
}

bool Decoder::readPath(Cursor &in, size_t least, bool isRing) {
  if (!in.take('[')) return false;
  size_t start = xy.size();
  bool hasZ, allHaveZ = true, noneHasZ = true;
  do {
    if (!readPosition(in, hasZ)) return false;
    allHaveZ &= hasZ;
    noneHasZ &= !hasZ;
  } while (in.take(','));
  size_t count = (xy.size() - start) / 2;
  if (!in.take(']') || count < least || !(allHaveZ || noneHasZ)) return false;
  if (isRing && (xy[start] != xy[xy.size() - 2] || xy[start + 1] != xy[xy.size() - 1])) return false;
  endPath();
  return true;
}

bool Decoder::readPolygon(Cursor &in) {
  if (!in.take('[')) return false;
  bool isShell = true;
  do {
    size_t start = xy.size();
    if (!readPath(in, 4, true)) return false;
    if (!isWellWound(start, (xy.size() - start) / 2, isShell)) {
      if (!issues.has(GG_ISSUE_WINDING)) return false;
      windings++;
    }
    isShell = false;
  } while (in.take(','));
  if (!in.take(']')) return false;
  endPart();
  return true;
}

} // namespace geogrid
