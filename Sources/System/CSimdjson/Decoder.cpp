#include "Decoder.hpp"
#include "Repair.hpp"
#include <algorithm>
#include <cmath>

namespace geogrid {

namespace {

bool isGeometryName(std::string_view name) {
  for (auto known : {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
                     "GeometryCollection"}) {
    if (name == known) return true;
  }
  return false;
}

std::string around(const char *text, size_t count, size_t at) {
  size_t start = at < 24 ? 0 : at - 24;
  return std::string(text + start, std::min(count, at + 24) - start);
}

} // namespace

void Decoder::report(int32_t kind, Origin where, std::string detail) {
  issues.add(Issue{kind, false, where.record, lineOf(where.byte), where.byte, 1, 0, 0, {}, std::move(detail)});
}

bool Decoder::parse(const char *text, size_t count, size_t readable, Element &result) {
  id.clear();
  hasLast = nanSeen = false;
  if (readable < count + simdjson::SIMDJSON_PADDING) {
    scratch.assign(text, count);
    scratch.resize(count + simdjson::SIMDJSON_PADDING, ' ');
    text = scratch.data();
  }
  auto error = parser.parse(reinterpret_cast<const uint8_t *>(text), count, false).get(result);
  if (error == simdjson::SUCCESS) return true;
  if (error == simdjson::NUMBER_ERROR || error == simdjson::N_ATOM_ERROR || error == simdjson::TAPE_ERROR) {
    std::string copy;
    if (withReadableNumbers(text, count, copy, nanSeen)) {
      size_t length = copy.size();
      copy.resize(length + simdjson::SIMDJSON_PADDING, ' ');
      if (parser.parse(reinterpret_cast<const uint8_t *>(copy.data()), length, false).get(result) ==
          simdjson::SUCCESS) {
        return true;
      }
    }
  }
  reportSyntax(text, count, error);
  return false;
}

void Decoder::reportSyntax(const char *text, size_t count, simdjson::error_code error) {
  if (error == simdjson::UTF8_ERROR) {
    report(GG_ISSUE_ENCODING, origin, std::string(text, std::min<size_t>(count, 8192)));
    return;
  }
  if (error == simdjson::CAPACITY || error == simdjson::MEMALLOC) {
    report(GG_ISSUE_TOO_LARGE, origin);
    return;
  }
  if (error == simdjson::DEPTH_ERROR) {
    report(GG_ISSUE_TOO_DEEP, origin);
    return;
  }
  size_t at = firstSyntaxError(text, count);
  Origin where = origin;
  where.byte += int64_t(at);
  report(GG_ISSUE_SYNTAX, where, around(text, count, at));
}

void Decoder::feature(const char *text, size_t count, size_t readable, Origin where) {
  origin = where;
  Element element;
  if (!parse(text, count, readable, element)) return;
  Object object;
  if (element.get_object().get(object) != simdjson::SUCCESS) {
    report(GG_ISSUE_NOT_AN_OBJECT, origin, simdjson::minify(element).substr(0, 40));
    return;
  }
  decodeFeature(object);
}

int32_t Decoder::root(const char *text, size_t count, size_t readable, Origin where) {
  origin = where;
  Element element;
  if (!parse(text, count, readable, element)) return GG_ISSUE_NONE;
  Object object = element.get_object().value_unsafe();
  Element type;
  std::string_view name;
  if (object["type"].get(type) == simdjson::SUCCESS && type.is_string()) name = type.get_string().value_unsafe();
  if (name == "Feature") {
    decodeFeature(object);
    return GG_ISSUE_NONE;
  }
  if (isGeometryName(name)) {
    decodeBareGeometry(object);
    return GG_ISSUE_NONE;
  }
  auto has = [&](const char *key) { return object[key].error() == simdjson::SUCCESS; };
  int32_t kind = name == "Topology" ? GG_FATAL_TOPOJSON
                 : has("geometryType") || has("spatialReference") || has("rings") ? GG_FATAL_ESRI_JSON
                                                                                  : GG_FATAL_NOT_GEOJSON;
  report(kind, origin, std::string(name));
  return kind;
}

int32_t Decoder::collection(const std::string &text, Origin where) {
  origin = where;
  Element element;
  if (!parse(text.data(), text.size(), text.size(), element)) return GG_ISSUE_NONE;
  bool hasType = false;
  std::string type;
  size_t lists = 0;
  Object object = element.get_object().value_unsafe();
  for (auto field : object) {
    std::string_view key = field.key;
    if (key == "type") {
      if (hasType) note(GG_ISSUE_DUPLICATE_KEY, "type");
      else if (field.value.is_string()) type = std::string(field.value.get_string().value_unsafe());
      hasType = true;
    } else if (key == "features") {
      if (lists++ > 0) note(GG_ISSUE_DUPLICATE_KEY, "features");
    } else if (key == "crs") {
      readCRS(field.value);
    } else if (key == "bbox") {
      checkBBox(field.value);
    }
  }
  if (type == "Feature" || isGeometryName(type)) return root(text.data(), text.size(), text.size(), where);
  if (type != "FeatureCollection") {
    Element ignored;
    if (object["geometryType"].get(ignored) == simdjson::SUCCESS ||
        object["spatialReference"].get(ignored) == simdjson::SUCCESS) {
      report(GG_FATAL_ESRI_JSON, origin);
      return GG_FATAL_ESRI_JSON;
    }
    note(GG_ISSUE_NO_ROOT_TYPE, type);
  }
  for (auto key : {"coordinates", "geometry", "properties"}) {
    if (object[key].error() == simdjson::SUCCESS) note(GG_ISSUE_MISPLACED_MEMBER, key);
  }
  return GG_ISSUE_NONE;
}

void Decoder::peekCRS(std::string text) {
  size_t count = text.size();
  text.resize(count + simdjson::SIMDJSON_PADDING, ' ');
  Element element;
  Object object;
  if (parser.parse(reinterpret_cast<const uint8_t *>(text.data()), count, false).get(element) == simdjson::SUCCESS &&
      element.get_object().get(object) == simdjson::SUCCESS && object["crs"].get(element) == simdjson::SUCCESS) {
    readCRS(element);
  }
}

void Decoder::readCRS(Element value) {
  std::string_view name;
  int64_t code;
  if (value.is_string()) {
    crs = std::string(value.get_string().value_unsafe());
  } else if (value["properties"]["name"].get_string().get(name) == simdjson::SUCCESS) {
    crs = std::string(name);
  } else if (value["properties"]["code"].get_int64().get(code) == simdjson::SUCCESS) {
    crs = "EPSG:" + std::to_string(code);
  } else if (!value.is_null()) {
    crs = simdjson::minify(value).substr(0, 80);
  }
}

bool Decoder::decodeFeature(Object object) {
  Element type, geometry, properties, featureId;
  std::vector<std::string_view> misplaced;
  bool hasType = false, hasGeometry = false, hasProperties = false, hasId = false;
  for (auto field : object) {
    std::string_view key = field.key;
    auto take = [&](Element &slot, bool &seen) {
      if (seen) note(GG_ISSUE_DUPLICATE_KEY, std::string(key));
      else slot = field.value;
      seen = true;
    };
    if (key == "type") take(type, hasType);
    else if (key == "geometry") take(geometry, hasGeometry);
    else if (key == "properties") take(properties, hasProperties);
    else if (key == "id") take(featureId, hasId);
    else if (key == "bbox") checkBBox(field.value);
    else if (key == "crs") readCRS(field.value);
    else if (key == "coordinates" || key == "features" || key == "geometries") misplaced.push_back(key);
  }
  hasId = hasId && readId(featureId);
  std::string_view name;
  if (!hasType || type.get_string().get(name) != simdjson::SUCCESS) return fail(GG_ISSUE_NO_TYPE);
  if (name != "Feature") return fail(GG_ISSUE_UNKNOWN_TYPE, std::string(name));
  for (auto key : misplaced) note(GG_ISSUE_MISPLACED_MEMBER, std::string(key));

  Mark before = mark();
  uint8_t kind = 0;
  if (!hasGeometry) {
    note(GG_ISSUE_NO_GEOMETRY);
  } else if (!geometry.is_null()) {
    Object shape;
    if (geometry.get_object().get(shape) != simdjson::SUCCESS) return fail(GG_ISSUE_NOT_A_GEOMETRY);
    if (!decodeGeometry(shape, kind, 0)) {
      rollBack(before);
      return false;
    }
  }
  if (isOverPrecise(before)) note(GG_ISSUE_PRECISION);
  appendRow(kind, hasId);
  Object members;
  if (!hasProperties) {
    note(GG_ISSUE_NO_PROPERTIES);
  } else if (properties.get_object().get(members) == simdjson::SUCCESS) {
    readProperties(members, kinds.size() - 1);
  } else if (!properties.is_null()) {
    note(GG_ISSUE_BAD_PROPERTIES, simdjson::minify(properties).substr(0, 40));
  }
  if (nanSeen) note(GG_ISSUE_NAN_PROPERTY);
  return true;
}

bool Decoder::decodeBareGeometry(Object object) {
  Mark before = mark();
  uint8_t kind = 0;
  if (!decodeGeometry(object, kind, 0)) {
    rollBack(before);
    return false;
  }
  Element named;
  if (object["crs"].get(named) == simdjson::SUCCESS) readCRS(named);
  if (isOverPrecise(before)) note(GG_ISSUE_PRECISION);
  appendRow(kind, false);
  return true;
}

void Decoder::appendRow(uint8_t kind, bool hasId) {
  endFeature(kind);
  records.push_back(origin.record);
  idNulls.push_back(hasId ? 0 : 1);
  if (hasId) idBytes.insert(idBytes.end(), id.begin(), id.end());
  idEnds.push_back(int64_t(idBytes.size()));
  hasIds |= hasId;
}

void Decoder::readProperties(Object properties, size_t row) {
  size_t hint = 0;
  std::string scratch;
  for (auto field : properties) addProperty(field.key, Value::of(field.value, scratch), row, hint);
}

/// `hint` is the column that is expected next.
void Decoder::addProperty(std::string_view name, const Value &value, size_t row, size_t &hint) {
  Column *column = columns.find(name, hint);
  if (!column) {
    note(GG_ISSUE_TOO_MANY_COLUMNS, std::string(name));
  } else if (column->holds(row)) {
    note(GG_ISSUE_DUPLICATE_KEY, std::string(name));
  } else {
    column->append(row, value);
    hint = columns.indexOf(column) + 1;
  }
}

bool Decoder::readId(Element value) {
  if (value.is_string()) {
    id = std::string(value.get_string().value_unsafe());
  } else if (value.is_int64()) {
    id = std::to_string(value.get_int64().value_unsafe());
  } else if (value.is_uint64()) {
    id = std::to_string(value.get_uint64().value_unsafe());
  } else if (value.is_double()) {
    id = shortest(value.get_double().value_unsafe());
  } else {
    if (!value.is_null()) note(GG_ISSUE_BAD_ID, simdjson::minify(value).substr(0, 40));
    return false;
  }
  return true;
}

void Decoder::checkBBox(Element value) {
  Array list;
  size_t count = 0;
  bool isGood = value.get_array().get(list) == simdjson::SUCCESS;
  if (isGood) {
    for (Element number : list) {
      isGood &= number.is_number();
      count++;
    }
  }
  if (!isGood || (count != 4 && count != 6)) note(GG_ISSUE_BAD_BBOX, simdjson::minify(value).substr(0, 80));
}

void Decoder::expect(size_t bytes) {
  xy.reserve(bytes / 8);
  pathOffsets.reserve(bytes / 32);
  partOffsets.reserve(bytes / 32);
  featureOffsets.reserve(bytes / 64);
  kinds.reserve(bytes / 64);
  records.reserve(bytes / 64);
}

void Decoder::reset() {
  kinds.clear();
  featureOffsets.assign(1, 0);
  partOffsets.assign(1, 0);
  pathOffsets.assign(1, 0);
  xy.clear();
  records.clear();
  idNulls.clear();
  idBytes.clear();
  idEnds.clear();
  hasIds = false;
  columns.clear();
  issues.clear();
}

} // namespace geogrid
