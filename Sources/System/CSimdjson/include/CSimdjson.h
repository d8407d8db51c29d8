#pragma once
/// The version of the simdjson library that this program runs with.
#ifdef __cplusplus
extern "C" {
#endif
const char *gg_simdjson_version(void);
#ifdef __cplusplus
}
#endif
