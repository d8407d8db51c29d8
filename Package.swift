// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A C library from Debian, seen by Swift as a module: `Sources/System/<name>`.
func debian(_ name: String, pkgConfig: String? = nil, package: String) -> Target {
    .systemLibrary(
        name: name, path: "Sources/System/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}

func module(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
        swiftSettings: strict)
}

let package = Package(
    name: "GeoGrid",
    products: [
        .executable(name: "geogrid", targets: ["CLI"]),
        .library(name: "GeoGrid", targets: ["GeoGrid"]),
        .library(name: "Planner", targets: ["Planner"]),
        .library(name: "GridStore", targets: ["GridStore"]),
        .library(name: "Cartography", targets: ["Cartography"]),
        .library(name: "Sample", targets: ["Sample"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        debian("CGEOS", pkgConfig: "geos", package: "libgeos-dev"),
        debian("CPROJ", pkgConfig: "proj", package: "libproj-dev"),
        debian("CPango", pkgConfig: "pangocairo", package: "libpango1.0-dev"),
        debian("CMETIS", package: "libmetis-dev"),
        debian("CQREncode", pkgConfig: "libqrencode", package: "libqrencode-dev"),
        debian("CQPDF", pkgConfig: "libqpdf", package: "libqpdf-dev"),
        debian("CZlib", pkgConfig: "zlib", package: "zlib1g-dev"),
        debian("CXLSXWriter", pkgConfig: "xlsxwriter", package: "libxlsxwriter-dev"),
        .target(
            name: "CSimdjson", path: "Sources/System/CSimdjson",
            cxxSettings: [.define("NDEBUG", .when(configuration: .release))],
            linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CLemon", path: "Sources/System/CLemon"),

        module("GeoGrid", ["CGEOS", "CPROJ", "CSimdjson", "CZlib"]),
        module("Planner", ["GeoGrid", "CMETIS", "CLemon"]),
        module("Sample", ["GeoGrid"]),
        module(
            "GridStore",
            [
                "GeoGrid", "Planner", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"), "Yams", "CXLSXWriter",
            ]),
        module("Cartography", ["GeoGrid", "Planner", "CPango", "CQREncode", "CQPDF", "Yams"]),
        .executableTarget(
            name: "CLI",
            dependencies: [
                "GeoGrid", "Planner", "Sample", "GridStore", "Cartography",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),

        .target(name: "TestSupport", dependencies: ["GeoGrid"], path: "Tests/TestSupport", swiftSettings: strict),
        tests("GeoGrid", ["CGEOS", "Sample"]),
        tests("Planner", []),
        tests("Sample", []),
        tests("GridStore", ["Sample", .product(name: "GRDB", package: "GRDB.swift")]),
        tests("Cartography", ["Sample"]),
        tests("CLI", ["GeoGrid", "GridStore", "Sample"]),
    ],
    cxxLanguageStandard: .cxx17
)
