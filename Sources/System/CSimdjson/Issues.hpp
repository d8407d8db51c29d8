#pragma once
#include "CSimdjson.h"
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

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

  Issue *add(Issue issue) {
    if (isHabit(issue.kind)) {
      auto known = habits.find(issue.kind);
      if (known != habits.end()) {
        all[known->second].count++;
        return nullptr;
      }
      habits.emplace(issue.kind, all.size());
    } else if (all.size() >= limit && issue.kind < GG_FATAL_NOT_AN_OBJECT) {
      leftOut++;
      return nullptr;
    }
    all.push_back(std::move(issue));
    return &all.back();
  }

  void clear() {
    all.clear();
    habits.clear();
    leftOut = 0;
  }

private:
  std::unordered_map<int32_t, size_t> habits;

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
