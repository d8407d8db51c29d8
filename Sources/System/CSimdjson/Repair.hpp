#pragma once
#include <string>

namespace geogrid {

/// Where a JSON text breaks off: the offset of the first byte that cannot stand there; `count` when it is whole.
size_t firstSyntaxError(const char *text, size_t count);

/// Writes a copy in which what is no JSON number, but often written as one, can be read:
/// NaN and infinities become null, numbers beyond 64 bits or double range become strings.
/// Returns whether anything changed; `hadNaN` whether a NaN or infinity did.
bool withReadableNumbers(const char *text, size_t count, std::string &copy, bool &hadNaN);

} // namespace geogrid
