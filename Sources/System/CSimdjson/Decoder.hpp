#pragma once
#include "Columns.hpp"
#include "Cursor.hpp"
#include "Issues.hpp"
#include <functional>

namespace geogrid {

// As GeometryKind of GeoGrid.
enum : uint8_t { None, Point, MultiPoint, LineString, MultiLineString, Polygon, MultiPolygon };

/// `None` for any other name.
uint8_t kindNamed(std::string_view name);

/// Coordinates from here on are no coordinates.
constexpr double absurd = 1e8;

/// Where a text stands in the stream: the number of its feature and its first byte, from 1.
struct Origin {
  int64_t record, byte;
};

/// Turns one feature at a time into flat arrays.
class Decoder {
public:
  std::vector<uint8_t> kinds;
  std::vector<int64_t> featureOffsets{0}, partOffsets{0}, pathOffsets{0};
  std::vector<double> xy;
  std::vector<int64_t> records;
  std::vector<uint8_t> idNulls, idBytes;
  std::vector<int64_t> idEnds;
  bool hasIds = false;
  Columns columns;
  Issues issues;
  std::string crs;
  /// Line of a byte of the stream, asked only when there is something to report.
  std::function<int64_t(int64_t byte)> lineOf;

  /// Decodes the feature that begins at `text` where it is of the ordinary kind, and returns its length; else 0, and
  /// nothing is changed. At least 32 bytes behind `end` may be read.
  size_t ordinary(const char *text, const char *end, Origin origin);
  /// Decodes one feature; `readable` bytes from `text` on may be touched. A feature that cannot be read is an issue.
  void feature(const char *text, size_t count, size_t readable, Origin origin);
  /// Decodes a root object that is no collection: a feature or a bare geometry. Returns why it is neither.
  int32_t root(const char *text, size_t count, size_t readable, Origin origin);
  /// Checks the members of a collection whose features stand elsewhere.
  int32_t collection(const std::string &text, Origin origin);
  /// Reads the coordinate system named in the beginning of a collection.
  void peekCRS(std::string text);

  void report(int32_t kind, Origin origin, std::string detail = {});
  void reset();
  /// Makes room for the features of a stream of so many bytes; room that stays unused costs nothing.
  void expect(size_t bytes);

private:
  using Element = simdjson::dom::element;
  using Array = simdjson::dom::array;
  using Object = simdjson::dom::object;

  simdjson::dom::parser parser;
  std::string scratch;
  Origin origin{};
  /// Set while a feature is decoded, for its issues.
  std::string id;
  bool hasLast = false, nanSeen = false;
  double lastX = 0, lastY = 0;
  int lastDimension = 0;

  struct Mark {
    size_t parts, paths, numbers;
  };

  bool parse(const char *text, size_t count, size_t readable, Element &result);
  void reportSyntax(const char *text, size_t count, simdjson::error_code error);

  bool decodeFeature(Object object);
  bool decodeBareGeometry(Object object);
  void readProperties(Object properties, size_t row);
  void addProperty(std::string_view name, const Value &value, size_t row, size_t &hint);
  bool readId(Element value);
  void appendRow(uint8_t kind, bool hasId);
  void checkBBox(Element value);
  void readCRS(Element value);

  // Ordinary.cpp
  struct Property {
    std::string_view name;
    Value value;
  };
  std::vector<Property> properties;
  int64_t windings = 0;
  bool readOrdinary(Cursor &in, uint8_t &kind, bool &hasId);
  bool readId(Cursor &in);
  bool readGeometry(Cursor &in, uint8_t &kind);
  bool readPosition(Cursor &in, bool &hasZ);
  bool readPath(Cursor &in, size_t least, bool isRing);
  bool readPolygon(Cursor &in);
  bool readProperties(Cursor &in);

  // Geometry.cpp
  bool decodeGeometry(Object object, uint8_t &kind, int depth);
  bool decodeCoordinates(uint8_t kind, Element coordinates, bool &isEmpty);
  bool decodeCollection(Element geometries, uint8_t &kind, int depth);
  bool decodePosition(Element position);
  bool decodePath(Element path, size_t least, bool isRing);
  bool decodePolygon(Element rings);
  bool closeRing(size_t start, size_t count);
  bool isWellWound(size_t start, size_t count, bool isShell) const;
  bool isOverPrecise(const Mark &before) const;
  bool fail(int32_t kind, std::string detail = {});
  void note(int32_t kind, std::string detail = {});
  Mark mark() const { return {partOffsets.size(), pathOffsets.size(), xy.size()}; }
  void rollBack(const Mark &mark);
  void dropPrefix(const Mark &from, const Mark &to);
  void endPath() { pathOffsets.push_back(int64_t(xy.size() / 2)); }
  void endPart() { partOffsets.push_back(int64_t(pathOffsets.size()) - 1); }
  void endFeature(uint8_t kind);
};

} // namespace geogrid
