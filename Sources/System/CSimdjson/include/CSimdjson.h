#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The version of the simdjson library that this program is built with.
const char *gg_simdjson_version(void);

/// Decodes GeoJSON that arrives in pieces into flat arrays: see gg_geojson_feed.
typedef struct gg_geojson gg_geojson;

/// What may be wrong; `gg_issue.kind`.
typedef enum {
  GG_ISSUE_NONE = 0,
  // One feature is lost.
  GG_ISSUE_SYNTAX,
  GG_ISSUE_ENCODING,
  GG_ISSUE_NOT_AN_OBJECT,
  GG_ISSUE_NO_TYPE,
  GG_ISSUE_UNKNOWN_TYPE,
  GG_ISSUE_NO_COORDINATES,
  GG_ISSUE_NOT_A_GEOMETRY,
  GG_ISSUE_NESTING,
  GG_ISSUE_NOT_A_NUMBER,
  GG_ISSUE_SHORT_POSITION,
  GG_ISSUE_ABSURD_NUMBER,
  GG_ISSUE_SHORT_LINE,
  GG_ISSUE_SHORT_RING,
  GG_ISSUE_TOO_DEEP,
  GG_ISSUE_TOO_LARGE,
  GG_ISSUE_REST_UNREADABLE,
  // The feature is taken.
  GG_ISSUE_UNCLOSED_RING,
  GG_ISSUE_DUPLICATE_KEY,
  GG_ISSUE_BAD_ID,
  GG_ISSUE_BAD_BBOX,
  GG_ISSUE_BAD_PROPERTIES,
  GG_ISSUE_NO_PROPERTIES,
  GG_ISSUE_NO_GEOMETRY,
  GG_ISSUE_MISPLACED_MEMBER,
  GG_ISSUE_DROPPED_PARTS,
  GG_ISSUE_NESTED_COLLECTION,
  GG_ISSUE_LONE_COLLECTION,
  GG_ISSUE_NAN_PROPERTY,
  GG_ISSUE_TOO_MANY_COLUMNS,
  GG_ISSUE_COMMAS,
  GG_ISSUE_NO_ROOT_TYPE,
  GG_ISSUE_WINDING,
  GG_ISSUE_PRECISION,
  GG_ISSUE_EXTRA_NUMBERS,
  GG_ISSUE_MIXED_DIMENSIONS,
  // Nothing can be read; also the result of feed and finish.
  GG_FATAL_NOT_AN_OBJECT,
  GG_FATAL_NOT_GEOJSON,
  GG_FATAL_TOPOJSON,
  GG_FATAL_ESRI_JSON,
  GG_FATAL_UTF16,
  GG_FATAL_EMPTY,
  GG_FATAL_TRUNCATED,
  GG_FATAL_SYNTAX,
  GG_FATAL_TOO_DEEP,
  GG_FATAL_TOO_LARGE,
} gg_issue_kind;

/// Text that the decoder owns; not terminated.
typedef struct {
  const char *start;
  size_t count;
} gg_text;

/// One thing wrong, and where: `record` counts features from 1, `line` and `byte` of the stream from 1.
typedef struct {
  int32_t kind;
  bool has_coordinate;
  int64_t record;
  int64_t line;
  int64_t byte;
  /// How often this kind occurred, for kinds reported once.
  int64_t count;
  double x, y;
  gg_text id;
  /// What was found there: a word, a member, or the bytes around the place.
  gg_text detail;
} gg_issue;

typedef enum { GG_COLUMN_TEXT, GG_COLUMN_NUMBER, GG_COLUMN_INTEGER, GG_COLUMN_BOOLEAN, GG_COLUMN_JSON } gg_column_kind;

/// One property of all features; the array that `kind` names holds `rows` values.
typedef struct {
  gg_text name;
  int32_t kind;
  bool has_nulls;
  const uint8_t *nulls;
  const uint8_t *bytes;
  size_t byte_count;
  const int64_t *ends;
  const double *numbers;
  const int64_t *integers;
  const uint8_t *booleans;
} gg_column;

/// The features decoded since the last take, as `Geometries` of GeoGrid nests them.
typedef struct {
  size_t features, parts, paths, coordinates;
  const uint8_t *kinds;
  const int64_t *feature_offsets, *part_offsets, *path_offsets;
  const double *xy;
  const int64_t *records;
  const uint8_t *id_nulls, *id_bytes;
  const int64_t *id_ends;
  bool has_ids;
  size_t columns;
  size_t issues;
  /// Issues beyond the number kept.
  size_t issues_left_out;
  /// Name the file gives its coordinate system in the old `crs` member; empty where it has none.
  gg_text crs;
} gg_batch;

/// `expected_bytes` is the length of the stream where it is known, else 0.
gg_geojson *gg_geojson_new(size_t largest_feature, size_t expected_bytes);
void gg_geojson_free(gg_geojson *);

/// Takes the next bytes of the stream. Returns GG_ISSUE_NONE, or why nothing more can be read (GG_FATAL_…),
/// which is then also the last issue.
int32_t gg_geojson_feed(gg_geojson *, const uint8_t *bytes, size_t count);
/// Says that the stream has ended; as gg_geojson_feed.
int32_t gg_geojson_finish(gg_geojson *);

/// Features decoded and not yet reset.
size_t gg_geojson_pending(const gg_geojson *);
/// The views are good until the next feed, finish, reset or free.
gg_batch gg_geojson_batch(gg_geojson *);
gg_column gg_geojson_column(const gg_geojson *, size_t index);
gg_issue gg_geojson_issue(const gg_geojson *, size_t index);
/// Drops the decoded features and issues; the names of the columns stay known.
void gg_geojson_reset(gg_geojson *);

#ifdef __cplusplus
}
#endif
