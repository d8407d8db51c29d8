#include "CLemon.h"

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <new>
#include <vector>

extern "C" int32_t geogrid_min_cost_flow(
    int32_t nodes, const int64_t *supplies, int32_t arcs, const int32_t *tails, const int32_t *heads,
    const int64_t *capacities, const int64_t *costs, int64_t *flows, int64_t *potentials) {
    using Graph = lemon::SmartDigraph;
    try {
        Graph graph;
        graph.reserveNode(nodes);
        graph.reserveArc(arcs);
        for (int32_t i = 0; i < nodes; ++i) graph.addNode();
        for (int32_t i = 0; i < arcs; ++i) graph.addArc(Graph::nodeFromId(tails[i]), Graph::nodeFromId(heads[i]));

        Graph::ArcMap<int64_t> upper(graph), cost(graph);
        for (int32_t i = 0; i < arcs; ++i) {
            upper[Graph::arcFromId(i)] = capacities[i];
            cost[Graph::arcFromId(i)] = costs[i];
        }
        Graph::NodeMap<int64_t> supply(graph);
        for (int32_t i = 0; i < nodes; ++i) supply[Graph::nodeFromId(i)] = supplies[i];

        lemon::NetworkSimplex<Graph, int64_t, int64_t> simplex(graph);
        simplex.upperMap(upper).costMap(cost).supplyMap(supply);
        const auto end = simplex.run();
        if (end == lemon::NetworkSimplex<Graph, int64_t, int64_t>::INFEASIBLE) return 1;
        if (end == lemon::NetworkSimplex<Graph, int64_t, int64_t>::UNBOUNDED) return 2;
        for (int32_t i = 0; i < arcs; ++i) flows[i] = simplex.flow(Graph::arcFromId(i));
        for (int32_t i = 0; i < nodes; ++i) potentials[i] = simplex.potential(Graph::nodeFromId(i));
        return 0;
    } catch (const std::bad_alloc &) {
        return 3;
    }
}
