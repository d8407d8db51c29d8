#include "CSimdjson.h"
#include <simdjson.h>

extern "C" const char *gg_simdjson_version(void) { return SIMDJSON_STRINGIFY(SIMDJSON_VERSION); }
