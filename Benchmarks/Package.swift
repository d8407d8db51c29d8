// swift-tools-version: 6.1
import PackageDescription

// Apart from the main package, so that it weighs on nobody's build. `scripts/bench` runs it beside its peers.
let package = Package(
    name: "Benchmarks",
    dependencies: [.package(name: "GeoGrid", path: "..")],
    targets: [
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                .product(name: "GeoGrid", package: "GeoGrid"), .product(name: "Planner", package: "GeoGrid"),
                .product(name: "Sample", package: "GeoGrid"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6)])
    ],
    cxxLanguageStandard: .cxx17
)
