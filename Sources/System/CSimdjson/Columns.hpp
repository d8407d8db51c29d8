#pragma once
#include "CSimdjson.h"
#include <simdjson.h>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace geogrid {

/// A value of a property.
struct Value {
  enum Kind { Null, Integer, Unsigned, Number, Boolean, Text, Json } kind = Null;
  /// Of an Unsigned its bits, of a Boolean 0 or 1.
  int64_t integer = 0;
  double number = 0;
  /// Of a Text; of Json, without white space.
  std::string_view text;

  /// `scratch` keeps what the value points to.
  static Value of(simdjson::dom::element element, std::string &scratch);
};

/// One property of all features; grows from the narrowest kind that holds its values to text.
class Column {
public:
  std::string name;

  explicit Column(std::string name) : name(std::move(name)) {}

  /// Whether the row has been given a value, null included.
  bool holds(size_t row) const { return rows > row; }
  void append(size_t row, const Value &value);
  /// Makes rows up to `count` null.
  void pad(size_t count);
  /// Makes a column that holds nothing but nulls a text column.
  void settle();
  void clear();
  gg_column view() const;

private:
  enum Kind { Empty, Integer, Number, Boolean, Text, Json } kind = Empty;
  size_t rows = 0;
  bool anyNull = false;
  std::vector<uint8_t> nulls;
  std::vector<int64_t> integers;
  std::vector<double> numbers;
  std::vector<uint8_t> booleans;
  std::vector<uint8_t> bytes;
  std::vector<int64_t> ends;

  void appendNull();
  void appendText(std::string_view text);
  /// Makes the column able to hold values of a kind.
  void widen(Kind wanted);
  void toNumbers();
  void toText();
  bool integersFitDoubles() const;
};

/// The columns of a table in order of first appearance.
class Columns {
public:
  static constexpr size_t limit = 2000;
  std::vector<Column> all;

  /// The column of a name; `hint` is the position it had in the last feature. Null when there are too many.
  Column *find(std::string_view name, size_t hint);
  size_t indexOf(const Column *column) const { return column - all.data(); }
  /// Gives every column `count` rows.
  void settle(size_t count);
  void clear();

private:
  std::unordered_map<std::string, size_t> byName;
};

/// Shortest text that reads back as the same number; whole numbers without a point.
std::string shortest(double value);

} // namespace geogrid
