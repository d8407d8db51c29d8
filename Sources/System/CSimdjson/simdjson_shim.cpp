#include "Splitter.hpp"

struct gg_geojson {
  geogrid::Splitter splitter;
  explicit gg_geojson(size_t largest) : splitter(largest) {}
};

namespace {

gg_text view(const std::string &text) { return {text.data(), text.size()}; }

} // namespace

extern "C" {

const char *gg_simdjson_version(void) { return SIMDJSON_STRINGIFY(SIMDJSON_VERSION); }

gg_geojson *gg_geojson_new(size_t largest_feature, size_t expected_bytes) {
  auto reader = new gg_geojson(largest_feature);
  reader->splitter.decoder.expect(expected_bytes);
  return reader;
}

void gg_geojson_free(gg_geojson *reader) { delete reader; }

int32_t gg_geojson_feed(gg_geojson *reader, const uint8_t *bytes, size_t count) {
  return reader->splitter.feed(bytes, count);
}

int32_t gg_geojson_finish(gg_geojson *reader) { return reader->splitter.finish(); }

size_t gg_geojson_pending(const gg_geojson *reader) { return reader->splitter.decoder.kinds.size(); }

gg_batch gg_geojson_batch(gg_geojson *reader) {
  auto &decoder = reader->splitter.decoder;
  decoder.columns.settle(decoder.kinds.size());
  gg_batch batch{};
  batch.features = decoder.kinds.size();
  batch.parts = decoder.partOffsets.size() - 1;
  batch.paths = decoder.pathOffsets.size() - 1;
  batch.coordinates = decoder.xy.size() / 2;
  batch.kinds = decoder.kinds.data();
  batch.feature_offsets = decoder.featureOffsets.data();
  batch.part_offsets = decoder.partOffsets.data();
  batch.path_offsets = decoder.pathOffsets.data();
  batch.xy = decoder.xy.data();
  batch.records = decoder.records.data();
  batch.id_nulls = decoder.idNulls.data();
  batch.id_bytes = decoder.idBytes.data();
  batch.id_ends = decoder.idEnds.data();
  batch.has_ids = decoder.hasIds;
  batch.columns = decoder.columns.all.size();
  batch.issues = decoder.issues.all.size();
  batch.issues_left_out = decoder.issues.leftOut;
  batch.crs = view(decoder.crs);
  return batch;
}

gg_column gg_geojson_column(const gg_geojson *reader, size_t index) {
  return reader->splitter.decoder.columns.all[index].view();
}

gg_issue gg_geojson_issue(const gg_geojson *reader, size_t index) {
  const auto &issue = reader->splitter.decoder.issues.all[index];
  gg_issue out{};
  out.kind = issue.kind;
  out.has_coordinate = issue.hasCoordinate;
  out.record = issue.record;
  out.line = issue.line;
  out.byte = issue.byte;
  out.count = issue.count;
  out.x = issue.x;
  out.y = issue.y;
  out.id = view(issue.id);
  out.detail = view(issue.detail);
  return out;
}

void gg_geojson_reset(gg_geojson *reader) { reader->splitter.decoder.reset(); }
}
