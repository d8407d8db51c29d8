#pragma once
#include "CSimdjson.h"
#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace geogrid {

struct Issue {
  int32_t kind;
  bool hasCoordinate = false;
  int64_t record = 0, line = 0, byte = 0, count = 1;
  double x = 0, y = 0;
  std::string id, detail;
};

/// What was found wrong, bounded in number; habits of a whole file are kept once and counted.
class Issues {
public:
  static constexpr size_t limit = 10'000;
  std::deque<Issue> all;
  size_t leftOut = 0;

  bool has(int32_t habit) const { return habits[habit] != 0; }

  /// Counts a habit seen before; false where it is new or none.
  bool isKnown(int32_t kind) {
    if (habits[kind] == 0) return false;
    all[habits[kind] - 1].count++;
    return true;
  }

  void add(Issue issue) {
    if (isKnown(issue.kind)) return;
    if (isHabit(issue.kind)) {
      habits[issue.kind] = all.size() + 1;
    } else if (all.size() >= limit && issue.kind < GG_FATAL_NOT_AN_OBJECT) {
      leftOut++;
      return;
    }
    all.push_back(std::move(issue));
  }

  void clear() {
    all.clear();
    habits.fill(0);
    leftOut = 0;
  }

private:
  /// Position in `all` from 1; 0 where the kind has not occurred.
  std::array<size_t, GG_FATAL_TOO_LARGE + 1> habits{};

  static bool isHabit(int32_t kind) {
    switch (kind) {
    case GG_ISSUE_NO_PROPERTIES:
    case GG_ISSUE_LONE_COLLECTION:
    case GG_ISSUE_TOO_MANY_COLUMNS:
    case GG_ISSUE_COMMAS:
    case GG_ISSUE_WINDING:
    case GG_ISSUE_PRECISION:
    case GG_ISSUE_EXTRA_NUMBERS:
    case GG_ISSUE_MIXED_DIMENSIONS: return true;
    default: return false;
    }
  }
};

} // namespace geogrid
