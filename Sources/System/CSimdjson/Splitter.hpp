#pragma once
#include "Decoder.hpp"

namespace geogrid {

/// Finds the features in a stream of GeoJSON texts and hands them to the decoder one by one, so that memory is that
/// of the largest feature and a fault stays with the feature it stands in.
class Splitter {
public:
  Decoder decoder;

  explicit Splitter(size_t largest) : largest(largest) {
    decoder.lineOf = [this](int64_t byte) { return line(byte); };
  }
  Splitter(const Splitter &) = delete;

  int32_t feed(const uint8_t *bytes, size_t count);
  int32_t finish();

private:
  enum State { Between, Member, Key, Colon, ValueStart, Value, Gap, Element, Resync, Failed } state = Between;
  enum Scan { Whole, More, Broken, TooDeep };

  const size_t largest;
  std::vector<char> buffer;
  /// Bytes of the buffer in use; the rest is room for the parser to look beyond the end.
  size_t filled = 0;
  /// Where the scan goes on, and where the unit it is in begins: what lies before `mark` is done with.
  size_t at = 0, mark = 0;
  /// Bytes and lines of the stream before the buffer.
  int64_t bytesBefore = 0, linesBefore = 0;

  // The value being scanned.
  bool inString = false, isScalar = false;
  static constexpr size_t deepest = 1024;
  char open[deepest];
  size_t depth = 0, overflow = 0;

  // The root being scanned: its text without the list of features.
  std::string skeleton;
  size_t keyStart = 0;
  bool keyIsFeatures = false, inCollection = false, sawComma = false, elementSeen = false;
  Origin rootOrigin{};
  int64_t roots = 0, record = 0, firstLine = 1;

  /// Bytes that may yet be scanned a second time after broken features.
  int64_t patience = int64_t(1) << 29;
  int32_t fatal = GG_ISSUE_NONE;

  int32_t run();
  bool readOrdinary();
  void startRoot();
  void beginValue();
  Scan scanValue();
  Scan step(char c);
  size_t skipSpace(bool commas);
  Origin originOf(size_t position, int64_t number) const;
  int64_t line(int64_t byte) const;
  int32_t fail(int32_t kind, size_t position, std::string detail = {});
  int32_t endOfRoot();
  int32_t broken(int32_t kind);
  bool resync();
  bool findFeature(size_t from, size_t &found) const;
  void compact();
};

} // namespace geogrid
