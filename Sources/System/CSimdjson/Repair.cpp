#include "Repair.hpp"
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <vector>

namespace geogrid {

namespace {

bool isSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// End of the string that begins at `at`; `count` when it does not end, or the offset of a control character.
size_t endOfString(const char *text, size_t at, size_t count, bool &isWhole) {
  isWhole = false;
  for (size_t i = at + 1; i < count; i++) {
    if (text[i] == '"') {
      isWhole = true;
      return i + 1;
    }
    if (text[i] == '\\') {
      if (i + 1 >= count || !std::strchr("\"\\/bfnrtu", text[i + 1])) return i;
      i++;
    } else if (static_cast<unsigned char>(text[i]) < 0x20) {
      return i;
    }
  }
  return count;
}

/// End of the number that begins at `at`, or `at` where none does; a malformed tail is left standing.
size_t endOfNumber(const char *text, size_t at, size_t count) {
  size_t i = at;
  auto digits = [&] {
    size_t start = i;
    while (i < count && isDigit(text[i])) i++;
    return i > start;
  };
  if (i < count && text[i] == '-') i++;
  if (i < count && text[i] == '0') i++;
  else if (!digits()) return at;
  if (i + 1 < count && text[i] == '.' && isDigit(text[i + 1])) {
    i++;
    digits();
  }
  if (i < count && (text[i] == 'e' || text[i] == 'E')) {
    size_t mark = i++;
    if (i < count && (text[i] == '+' || text[i] == '-')) i++;
    if (!digits()) i = mark;
  }
  return i;
}

} // namespace

size_t firstSyntaxError(const char *text, size_t count) {
  enum Expect { Value, ValueOrEnd, Key, KeyOrEnd, Colon, CommaOrEnd, Nothing } expect = Value;
  std::vector<char> open;
  size_t i = 0;
  while (true) {
    while (i < count && isSpace(text[i])) i++;
    if (i >= count) return count;
    char c = text[i];
    if ((c == '}' || c == ']') && !open.empty()) {
      bool matches = open.back() == (c == '}' ? '{' : '[');
      bool allowed = expect == CommaOrEnd || (expect == KeyOrEnd && c == '}') || (expect == ValueOrEnd && c == ']');
      if (!matches || !allowed) return i;
      open.pop_back();
      expect = open.empty() ? Nothing : CommaOrEnd;
      i++;
      continue;
    }
    switch (expect) {
    case Nothing: return i;
    case Colon:
      if (c != ':') return i;
      expect = Value;
      i++;
      break;
    case CommaOrEnd:
      if (c != ',') return i;
      expect = open.back() == '{' ? Key : Value;
      i++;
      break;
    case Key:
    case KeyOrEnd: {
      bool isWhole = false;
      if (c != '"') return i;
      i = endOfString(text, i, count, isWhole);
      if (!isWhole) return i;
      expect = Colon;
      break;
    }
    case Value:
    case ValueOrEnd: {
      if (c == '{' || c == '[') {
        open.push_back(c);
        expect = c == '{' ? KeyOrEnd : ValueOrEnd;
        i++;
        break;
      }
      size_t start = i;
      if (c == '"') {
        bool isWhole = false;
        i = endOfString(text, i, count, isWhole);
        if (!isWhole) return i;
      } else {
        std::string_view rest(text + i, count - i);
        if (rest.substr(0, 4) == "true" || rest.substr(0, 4) == "null") i += 4;
        else if (rest.substr(0, 5) == "false") i += 5;
        else i = endOfNumber(text, i, count);
        if (i == start) return i;
        if (i < count && !isSpace(text[i]) && !std::strchr(",]}", text[i])) return i;
      }
      expect = open.empty() ? Nothing : CommaOrEnd;
    }
    }
  }
}

bool withReadableNumbers(const char *text, size_t count, std::string &copy, bool &hadNaN) {
  bool changed = false;
  copy.clear();
  copy.reserve(count + 64);
  for (size_t i = 0; i < count;) {
    char c = text[i];
    if (c == '"') {
      bool isWhole = false;
      size_t end = endOfString(text, i, count, isWhole);
      if (end <= i) end = i + 1;
      copy.append(text + i, end - i);
      i = end;
      continue;
    }
    size_t start = i;
    if (c == '-' || c == '+') i++;
    std::string_view rest(text + i, count - i);
    size_t word = 0;
    for (const char *name : {"NaN", "nan", "NAN", "Infinity", "infinity", "Inf", "inf", "INF"}) {
      if (rest.substr(0, std::strlen(name)) == name) {
        word = std::strlen(name);
        break;
      }
    }
    if (word > 0) {
      copy += "null";
      i += word;
      changed = hadNaN = true;
      continue;
    }
    i = start;
    size_t end = c == '-' || isDigit(c) ? endOfNumber(text, i, count) : i;
    if (end == i) {
      copy.push_back(c);
      i++;
      continue;
    }
    std::string token(text + i, end - i);
    bool isWhole = token.find_first_of(".eE") == std::string::npos;
    if ((isWhole && token.size() > 18) || std::isinf(std::strtod(token.c_str(), nullptr))) {
      copy.append("\"").append(token).append("\"");
      changed = true;
    } else {
      copy += token;
    }
    i = end;
  }
  return changed;
}

} // namespace geogrid
