#pragma once
#include <zlib.h>

/// deflateInit2 is a macro, which Swift cannot see: a raw deflate stream of the given level.
static inline int gg_deflate_init_raw(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY);
}
