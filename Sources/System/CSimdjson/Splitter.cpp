#include "Splitter.hpp"
#include <algorithm>
#include <cstring>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace geogrid {

namespace {

constexpr size_t hopeless = 1'000'000;

int64_t countLines(const char *p, const char *end) {
  int64_t lines = 0;
  while ((p = static_cast<const char *>(std::memchr(p, '\n', size_t(end - p)))) != nullptr) {
    lines++;
    if (++p == end) break;
  }
  return lines;
}

bool isSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\x1e'; }

#if defined(__SSE2__)
constexpr size_t block = 16;

/// A bit for each of 16 bytes that is a quote, bracket or brace.
uint32_t marks(const char *p) {
  __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(p));
  __m128i folded = _mm_or_si128(bytes, _mm_set1_epi8(0x20)); // [ becomes {, ] becomes }
  __m128i hits = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                              _mm_or_si128(_mm_cmpeq_epi8(folded, _mm_set1_epi8('{')),
                                           _mm_cmpeq_epi8(folded, _mm_set1_epi8('}'))));
  return uint32_t(_mm_movemask_epi8(hits));
}
#else
constexpr size_t block = 8;

uint32_t marks(const char *p) {
  uint32_t hits = 0;
  for (size_t i = 0; i < block; i++) {
    hits |= uint32_t(p[i] == '"' || (p[i] | 0x20) == '{' || (p[i] | 0x20) == '}') << i;
  }
  return hits;
}
#endif

} // namespace

Origin Splitter::originOf(size_t position, int64_t number) const {
  return {number, bytesBefore + int64_t(position) + 1};
}

/// Line of a byte that is still in the buffer, both from 1; the line of the first root for bytes gone by.
int64_t Splitter::line(int64_t byte) const {
  if (byte <= bytesBefore) return firstLine;
  size_t position = size_t(std::clamp<int64_t>(byte - 1 - bytesBefore, 0, int64_t(filled)));
  return linesBefore + countLines(buffer.data(), buffer.data() + position) + 1;
}

int32_t Splitter::fail(int32_t kind, size_t position, std::string detail) {
  decoder.report(kind, originOf(position, record), std::move(detail));
  state = Failed;
  return fatal = kind;
}

int32_t Splitter::feed(const uint8_t *bytes, size_t count) {
  if (state == Failed) return fatal;
  compact();
  if (buffer.size() < filled + count + simdjson::SIMDJSON_PADDING) {
    buffer.resize(std::max(filled + count + simdjson::SIMDJSON_PADDING, filled + filled / 2));
  }
  if (count > 0) std::memcpy(buffer.data() + filled, bytes, count);
  filled += count;
  std::memset(buffer.data() + filled, ' ', simdjson::SIMDJSON_PADDING);
  return run();
}

/// Moves what is still needed to the front of the buffer.
void Splitter::compact() {
  size_t keep = std::min(mark, at);
  if (keep == 0) return;
  linesBefore += countLines(buffer.data(), buffer.data() + keep);
  std::memmove(buffer.data(), buffer.data() + keep, filled - keep);
  bytesBefore += int64_t(keep);
  filled -= keep;
  at -= keep;
  mark -= keep;
  keyStart -= std::min(keyStart, keep);
}

size_t Splitter::skipSpace(bool commas) {
  while (at < filled && (isSpace(buffer[at]) || (commas && buffer[at] == ','))) at++;
  return at;
}

void Splitter::beginValue() {
  inString = isScalar = false;
  depth = overflow = 0;
}

/// Goes on through the value at `at`, up to just behind its end.
Splitter::Scan Splitter::scanValue() {
  const char *p = buffer.data() + at;
  const char *end = buffer.data() + filled;
  auto stop = [&](Scan result) {
    at = size_t(p - buffer.data());
    return result;
  };
  while (p < end) {
    if (inString) {
      while (p < end && *p != '"' && *p != '\\') p++;
      if (p == end) break;
      if (*p == '\\') {
        if (end - p < 2) break;
        p += 2;
        continue;
      }
      p++;
      inString = false;
      if (depth == 0) return stop(Whole);
      continue;
    }
    if (isScalar) {
      while (p < end && !isSpace(*p) && *p != ',' && *p != '}' && *p != ']') p++;
      return stop(p < end ? Whole : More);
    }
    if (depth == 0 && *p != '"' && (*p | 0x20) != '{' && (*p | 0x20) != '}') {
      isScalar = true;
      continue;
    }
    // The buffer is padded: a block may be read, but not acted on, beyond the end.
    uint32_t hits = marks(p);
    const char *start = p;
    p += block;
    for (; hits != 0; hits &= hits - 1) {
      const char *mark = start + __builtin_ctz(hits);
      if (mark >= end) break;
      Scan result = step(*mark);
      if (result == More && !inString) continue;
      p = result == Whole ? mark + 1 : inString ? mark + 1 : mark;
      if (result != More) return stop(result);
      break;
    }
    p = std::min(p, end);
  }
  return stop(More);
}

/// Takes one quote, bracket or brace outside a string; `More` where the value goes on.
Splitter::Scan Splitter::step(char c) {
  if (c == '"') {
    inString = true;
    return More;
  }
  if (c == '{' || c == '[') {
    if (depth < deepest) open[depth++] = c;
    else if (++overflow > hopeless) return TooDeep;
    return More;
  }
  if (overflow > 0) {
    overflow--;
    return More;
  }
  if (depth == 0 || open[depth - 1] != (c == '}' ? '{' : '[')) return Broken;
  return --depth == 0 ? Whole : More;
}

/// Goes beyond the feature that begins at `at` where it is of the ordinary kind and whole.
bool Splitter::readOrdinary() {
  size_t count = decoder.ordinary(buffer.data() + at, buffer.data() + filled, originOf(at, record + 1));
  if (count == 0) return false;
  record++;
  at += count;
  mark = at;
  return true;
}

void Splitter::startRoot() {
  mark = at;
  roots++;
  record++;
  rootOrigin = originOf(at, record);
  if (roots == 1) firstLine = line(rootOrigin.byte);
  skeleton.clear();
  inCollection = false;
  at++;
  state = Member;
}

int32_t Splitter::run() {
  while (true) {
    switch (state) {
    case Failed: return fatal;
    case Between: {
      if (bytesBefore == 0 && at == 0) {
        if (filled < 3) return GG_ISSUE_NONE;
        const auto *b = reinterpret_cast<const uint8_t *>(buffer.data());
        if ((b[0] == 0xFF && b[1] == 0xFE) || (b[0] == 0xFE && b[1] == 0xFF) || b[0] == 0 || b[1] == 0) {
          return fail(GG_FATAL_UTF16, 0);
        }
        if (b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF) at = 3;
      }
      mark = skipSpace(false);
      if (at == filled) return GG_ISSUE_NONE;
      if (buffer[at] == '{') {
        Origin first = originOf(at, record + 1);
        if (readOrdinary()) {
          if (++roots == 1) firstLine = line(first.byte);
        } else {
          startRoot();
        }
        break;
      }
      std::string found(buffer.data() + at, std::min<size_t>(filled - at, 40));
      if (roots == 0) return fail(GG_FATAL_NOT_AN_OBJECT, at, found);
      record++;
      decoder.report(GG_ISSUE_SYNTAX, originOf(at, record), found);
      state = Resync;
      break;
    }
    case Member: {
      skipSpace(true);
      if (at == filled) return GG_ISSUE_NONE;
      if (buffer[at] == '}') {
        at++;
        if (int32_t failure = endOfRoot()) return failure;
        break;
      }
      if (buffer[at] != '"') {
        if (int32_t failure = broken(GG_ISSUE_SYNTAX)) return failure;
        break;
      }
      keyStart = at;
      beginValue();
      state = Key;
      break;
    }
    case Key:
    case Value: {
      Scan scan = scanValue();
      if (scan == TooDeep) return fail(GG_FATAL_TOO_DEEP, at);
      if (scan == Broken) {
        if (int32_t failure = broken(GG_ISSUE_SYNTAX)) return failure;
        break;
      }
      if (at - mark > largest) return fail(GG_FATAL_TOO_LARGE, mark);
      if (scan == More) return GG_ISSUE_NONE;
      if (state == Key) {
        keyIsFeatures = at - keyStart == 10 && std::memcmp(buffer.data() + keyStart, "\"features\"", 10) == 0;
        state = Colon;
      } else {
        state = Member;
      }
      break;
    }
    case Colon:
      skipSpace(false);
      if (at == filled) return GG_ISSUE_NONE;
      if (buffer[at] != ':') {
        if (int32_t failure = broken(GG_ISSUE_SYNTAX)) return failure;
        break;
      }
      at++;
      state = ValueStart;
      break;
    case ValueStart:
      skipSpace(false);
      if (at == filled) return GG_ISSUE_NONE;
      if (keyIsFeatures && buffer[at] == '[') {
        skeleton.append(buffer.data() + mark, at - mark).append("[]");
        if (!inCollection) {
          record--;
          decoder.peekCRS(skeleton + "}");
        }
        inCollection = true;
        elementSeen = sawComma = false;
        mark = ++at;
        state = Gap;
      } else {
        beginValue();
        state = Value;
      }
      break;
    case Gap: {
      while (at < filled && (isSpace(buffer[at]) || buffer[at] == ',')) {
        if (buffer[at] == ',') {
          if (sawComma || !elementSeen) decoder.report(GG_ISSUE_COMMAS, originOf(at, record));
          sawComma = true;
        }
        at++;
      }
      mark = at;
      if (at == filled) return GG_ISSUE_NONE;
      if (buffer[at] == ']') {
        if (sawComma) decoder.report(GG_ISSUE_COMMAS, originOf(at, record));
        mark = ++at;
        state = Member;
        break;
      }
      if (elementSeen && !sawComma) decoder.report(GG_ISSUE_COMMAS, originOf(at, record));
      sawComma = false;
      elementSeen = true;
      if (readOrdinary()) break;
      record++;
      beginValue();
      state = Element;
      break;
    }
    case Element: {
      Scan scan = scanValue();
      if (scan == TooDeep) return fail(GG_FATAL_TOO_DEEP, at);
      if (scan == Broken) {
        if (int32_t failure = broken(GG_ISSUE_SYNTAX)) return failure;
        break;
      }
      if (at - mark > largest) return fail(GG_FATAL_TOO_LARGE, mark);
      if (scan == More) return GG_ISSUE_NONE;
      if (at == mark) {
        if (int32_t failure = broken(GG_ISSUE_SYNTAX)) return failure;
        break;
      }
      decoder.feature(buffer.data() + mark, at - mark, buffer.size() - mark, originOf(mark, record));
      mark = at;
      state = Gap;
      break;
    }
    case Resync:
      if (!resync()) return GG_ISSUE_NONE;
      break;
    }
  }
}

int32_t Splitter::endOfRoot() {
  int32_t failure;
  if (inCollection) {
    skeleton.append(buffer.data() + mark, at - mark);
    Origin origin = rootOrigin;
    origin.record = 0;
    failure = decoder.collection(skeleton, origin);
  } else {
    failure = decoder.root(buffer.data() + mark, at - mark, buffer.size() - mark, rootOrigin);
  }
  mark = at;
  state = Between;
  if (failure != GG_ISSUE_NONE && (roots == 1 || failure != GG_FATAL_NOT_GEOJSON)) {
    state = Failed;
    return fatal = failure;
  }
  return GG_ISSUE_NONE;
}

/// A fault that spoils the structure: the feature is given up, and the next one looked for behind its beginning.
int32_t Splitter::broken(int32_t kind) {
  Origin origin = originOf(at, record);
  size_t start = at < 24 ? 0 : at - 24;
  std::string detail(buffer.data() + start, std::min(filled, at + 24) - start);
  patience -= int64_t(at - mark);
  if (patience < 0) {
    decoder.report(GG_FATAL_SYNTAX, origin, detail);
    state = Failed;
    return fatal = GG_FATAL_SYNTAX;
  }
  decoder.report(kind, origin, detail);
  at = mark = std::min(mark + 1, filled);
  state = Resync;
  return GG_ISSUE_NONE;
}

/// Finds `{ "type" : "Feature"` at or after a position, spaces free.
bool Splitter::findFeature(size_t from, size_t &found) const {
  static const std::string word = "\"Feature\"", key = "\"type\"";
  const char *begin = buffer.data() + from, *end = buffer.data() + filled;
  for (const char *p = begin; p < end; p++) {
    p = std::search(p, end, word.begin(), word.end());
    if (p == end) return false;
    const char *q = p;
    auto back = [&] {
      while (q > begin && isSpace(q[-1])) q--;
    };
    back();
    if (q == begin || *--q != ':') continue;
    back();
    if (size_t(q - begin) < key.size() || std::memcmp(q - key.size(), key.data(), key.size()) != 0) continue;
    q -= key.size();
    back();
    if (q == begin || *--q != '{') continue;
    found = size_t(q - buffer.data());
    return true;
  }
  return false;
}

bool Splitter::resync() {
  size_t found = 0;
  if (!findFeature(at, found)) {
    // A marker may be cut by the end of the buffer.
    at = mark = std::max(at, filled < 256 ? 0 : filled - 256);
    return false;
  }
  at = mark = found;
  if (inCollection) {
    state = Gap;
    sawComma = true;
  } else {
    state = Between;
  }
  return true;
}

int32_t Splitter::finish() {
  if (state == Failed) return fatal;
  if (bytesBefore == 0 && at == 0 && state == Between && filled > 0 && filled < 3) {
    feed(reinterpret_cast<const uint8_t *>("   "), 3);
    if (state == Failed) return fatal;
  }
  while (state != Between) {
    size_t next = 0;
    if (state == Resync) {
      decoder.report(GG_ISSUE_REST_UNREADABLE, originOf(at, record));
      return GG_ISSUE_NONE;
    }
    // Brackets that never close may only be missing in one feature: look for the next one in what is left.
    if ((state != Element && inCollection) || !findFeature(std::min(mark + 1, filled), next)) {
      return fail(GG_FATAL_TRUNCATED, filled);
    }
    if (int32_t failure = broken(GG_ISSUE_SYNTAX)) return failure;
    if (int32_t failure = run()) return failure;
  }
  if (roots == 0) return fail(GG_FATAL_EMPTY, filled);
  return GG_ISSUE_NONE;
}

} // namespace geogrid
