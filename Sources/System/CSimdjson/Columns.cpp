#include "Columns.hpp"
#include <charconv>
#include <cmath>

namespace geogrid {

using simdjson::dom::element;
using simdjson::dom::element_type;

std::string shortest(double value) {
  char buffer[32];
  auto end = std::fabs(value) < 1e15 && value == std::trunc(value)
                 ? std::to_chars(buffer, buffer + sizeof buffer, static_cast<int64_t>(value)).ptr
                 : std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return std::string(buffer, end);
}

Value Value::of(element element, std::string &scratch) {
  Value value;
  switch (element.type()) {
  case element_type::NULL_VALUE: break;
  case element_type::INT64:
    value.kind = Integer;
    value.integer = int64_t(element);
    break;
  case element_type::UINT64:
    value.kind = Unsigned;
    value.integer = int64_t(uint64_t(element));
    break;
  case element_type::DOUBLE:
    value.kind = Number;
    value.number = double(element);
    break;
  case element_type::BOOL:
    value.kind = Boolean;
    value.integer = bool(element);
    break;
  case element_type::STRING:
    value.kind = Text;
    value.text = std::string_view(element);
    break;
  default:
    value.kind = Json;
    scratch = simdjson::minify(element);
    value.text = scratch;
  }
  return value;
}

void Column::append(size_t row, const Value &value) {
  pad(row);
  if (value.kind == Value::Null) {
    pad(row + 1);
    return;
  }
  rows++;
  switch (value.kind) {
  case Value::Integer:
    widen(Integer);
    if (kind == Integer) {
      integers.push_back(value.integer);
    } else if (kind == Number) {
      if (std::llabs(value.integer) <= (int64_t(1) << 53)) {
        numbers.push_back(double(value.integer));
      } else {
        toText();
        appendText(std::to_string(value.integer));
      }
    } else {
      appendText(std::to_string(value.integer));
    }
    break;
  case Value::Unsigned: // larger than any int64: kept digit by digit
    widen(Text);
    appendText(std::to_string(uint64_t(value.integer)));
    break;
  case Value::Number:
    widen(Number);
    if (kind == Number) {
      numbers.push_back(value.number);
    } else {
      appendText(shortest(value.number));
    }
    break;
  case Value::Boolean:
    widen(Boolean);
    if (kind == Boolean) {
      booleans.push_back(value.integer != 0);
    } else {
      appendText(value.integer != 0 ? "true" : "false");
    }
    break;
  case Value::Text:
    widen(Text);
    appendText(value.text);
    break;
  default:
    widen(Json);
    appendText(value.text);
  }
  nulls.push_back(0);
}

void Column::appendText(std::string_view text) {
  bytes.insert(bytes.end(), text.begin(), text.end());
  ends.push_back(int64_t(bytes.size()));
}

void Column::pad(size_t count) {
  while (rows < count) appendNull();
}

void Column::appendNull() {
  anyNull = true;
  rows++;
  nulls.push_back(1);
  switch (kind) {
  case Empty: break;
  case Integer: integers.push_back(0); break;
  case Number: numbers.push_back(0); break;
  case Boolean: booleans.push_back(0); break;
  case Text:
  case Json: ends.push_back(int64_t(bytes.size())); break;
  }
}

void Column::widen(Kind wanted) {
  if (kind == wanted || kind == Text) return;
  if (kind == Empty) {
    kind = wanted;
    size_t before = nulls.size();
    switch (wanted) {
    case Integer: integers.assign(before, 0); break;
    case Number: numbers.assign(before, 0); break;
    case Boolean: booleans.assign(before, 0); break;
    default: ends.assign(before, 0); break;
    }
  } else if (kind == Number && wanted == Integer) {
    return;
  } else if (kind == Integer && wanted == Number && integersFitDoubles()) {
    toNumbers();
  } else {
    toText();
  }
}

bool Column::integersFitDoubles() const {
  for (int64_t value : integers) {
    if (std::llabs(value) > (int64_t(1) << 53)) return false;
  }
  return true;
}

void Column::toNumbers() {
  numbers.assign(integers.begin(), integers.end());
  integers.clear();
  kind = Number;
}

void Column::toText() {
  Kind old = kind;
  kind = Text;
  if (old == Json || old == Text) return;
  ends.clear();
  bytes.clear();
  for (size_t row = 0; row < nulls.size(); row++) {
    if (nulls[row]) {
      ends.push_back(int64_t(bytes.size()));
    } else if (old == Integer) {
      appendText(std::to_string(integers[row]));
    } else if (old == Number) {
      appendText(shortest(numbers[row]));
    } else {
      appendText(booleans[row] ? "true" : "false");
    }
  }
  integers.clear();
  numbers.clear();
  booleans.clear();
}

void Column::settle() {
  if (kind == Empty) widen(Text);
}

void Column::clear() {
  rows = 0;
  anyNull = false;
  kind = Empty;
  nulls.clear();
  integers.clear();
  numbers.clear();
  booleans.clear();
  bytes.clear();
  ends.clear();
}

gg_column Column::view() const {
  gg_column view{};
  view.name = {name.data(), name.size()};
  view.has_nulls = anyNull;
  view.nulls = nulls.data();
  view.bytes = bytes.data();
  view.byte_count = bytes.size();
  view.ends = ends.data();
  view.numbers = numbers.data();
  view.integers = integers.data();
  view.booleans = booleans.data();
  switch (kind) {
  case Integer: view.kind = GG_COLUMN_INTEGER; break;
  case Number: view.kind = GG_COLUMN_NUMBER; break;
  case Boolean: view.kind = GG_COLUMN_BOOLEAN; break;
  case Json: view.kind = GG_COLUMN_JSON; break;
  default: view.kind = GG_COLUMN_TEXT; break;
  }
  return view;
}

Column *Columns::find(std::string_view name, size_t hint) {
  if (hint < all.size() && all[hint].name == name) return &all[hint];
  auto known = byName.find(std::string(name));
  if (known != byName.end()) return &all[known->second];
  if (all.size() == limit) return nullptr;
  byName.emplace(name, all.size());
  all.emplace_back(std::string(name));
  return &all.back();
}

void Columns::settle(size_t count) {
  for (auto &column : all) {
    column.pad(count);
    column.settle();
  }
}

void Columns::clear() {
  for (auto &column : all) column.clear();
}

} // namespace geogrid
