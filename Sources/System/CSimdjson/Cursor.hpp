#pragma once
#include <charconv>
#include <cmath>
#include <cstring>
#include <simdjson.h>
#include <string_view>

namespace geogrid {

/// Reads ordinary JSON from the left to the right. Every function returns false where it meets anything else, such as
/// an escape or the end, and the text is then left to simdjson. The text must be followed by 32 readable bytes.
struct Cursor {
  const char *p;
  const char *const end;

  void space() {
    while (p < end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t')) p++;
  }

  bool take(char c) {
    if (*p != c) {
      space();
      if (*p != c) return false;
    }
    return p++ < end;
  }

  /// Takes a literal of at most 32 characters, such as `"type"` with its quotes.
  template <size_t size> bool word(const char (&word)[size]) {
    static_assert(size <= 33);
    if (std::memcmp(p, word, size - 1) != 0) return false;
    return (p += size - 1) <= end;
  }

  /// A text without escapes, in UTF-8.
  bool string(std::string_view &text) {
    if (!take('"')) return false;
    const char *start = p;
    unsigned char seen = 0;
    while (p < end && *p != '"' && *p != '\\' && static_cast<unsigned char>(*p) >= 0x20) {
      seen |= static_cast<unsigned char>(*p++);
    }
    if (p >= end || *p != '"') return false;
    text = {start, size_t(p - start)};
    p++;
    return seen < 0x80 || simdjson::validate_utf8(text.data(), text.size());
  }

  /// A number without exponent, correctly rounded; `whole` has its digits where it has neither point nor too many.
  [[gnu::always_inline]] bool number(double &value, bool &isWhole, int64_t &whole) {
    space();
    const char *start = p;
    bool isNegative = *p == '-';
    p += isNegative;
    const char *first = p;
    uint64_t mantissa = 0;
    for (unsigned digit; (digit = unsigned(*p) - '0') < 10; p++) mantissa = 10 * mantissa + digit;
    size_t count = size_t(p - first);
    if (count == 0 || (count > 1 && *first == '0')) return false;
    isWhole = *p != '.';
    size_t decimals = 0;
    if (!isWhole) {
      const char *point = ++p;
      digits(mantissa);
      decimals = size_t(p - point);
      if (decimals == 0) return false;
    }
    if (p >= end || *p == 'e' || *p == 'E') return false;
    count += decimals;
    if (isWhole) {
      if (count > 18) return false;
      whole = isNegative ? -int64_t(mantissa) : int64_t(mantissa);
      value = double(whole);
    } else if (count <= 19 && mantissa <= uint64_t(1) << 53) {
      // Both are exact, so that their quotient is the nearest number: Clinger, "How to read floating point numbers
      // accurately" (1990).
      value = double(mantissa) / tens[decimals];
      if (isNegative) value = -value;
    } else {
      auto result = std::from_chars(start, p, value);
      if (result.ec != std::errc() || result.ptr != p) return false;
    }
    return true;
  }

private:
  static constexpr double tens[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,
                                    1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19};
  static constexpr uint64_t powers[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};

  /// Takes decimals, eight at a time; more than 19 digits overflow.
  /// Source: the eight-digit step of simdjson, Langdale and Lemire, "Parsing gigabytes of JSON per second" (2019).
  [[gnu::always_inline]] void digits(uint64_t &mantissa) {
    size_t count;
    do {
      uint64_t word;
      std::memcpy(&word, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
      word = __builtin_bswap64(word);
#endif
      word ^= 0x3030303030303030;
      uint64_t others = ((word + 0x7676767676767676) | word) & 0x8080808080808080;
      count = others == 0 ? 8 : size_t(__builtin_ctzll(others)) / 8;
      if (count == 0) return;
      word <<= 64 - 8 * count;
      word = word * 10 + (word >> 8);
      word = (((word & 0x000000FF000000FF) * 0x000F424000000064) +
              (((word >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >>
             32;
      mantissa = mantissa * powers[count] + uint32_t(word);
      p += count;
    } while (count == 8);
  }
};

} // namespace geogrid
