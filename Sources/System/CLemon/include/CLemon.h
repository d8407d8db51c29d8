#ifndef GEOGRID_CLEMON_H
#define GEOGRID_CLEMON_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Minimum-cost flow by LEMON's network simplex.
// Arc i goes from tails[i] to heads[i] and carries 0...capacities[i] at costs[i] each; supplies sum to zero.
// On return flows[i] is optimal, and costs[i] + potentials[tail] - potentials[head] is >= 0 where an arc could carry
// more and <= 0 where it could carry less.
// Returns 0 optimal, 1 infeasible, 2 unbounded, 3 out of memory.
int32_t geogrid_min_cost_flow(
    int32_t nodes, const int64_t *supplies, int32_t arcs, const int32_t *tails, const int32_t *heads,
    const int64_t *capacities, const int64_t *costs, int64_t *flows, int64_t *potentials);

#ifdef __cplusplus
}
#endif

#endif
