// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "driftline",
    platforms: [.macOS(.v26)],
    products: [.executable(name: "driftline", targets: ["driftline"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.4"),
        .package(
            url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CLAPACK", pkgConfig: "lapacke", providers: [.apt(["liblapacke-dev"])]),
        .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),

        .target(
            name: "Postgres",
            dependencies: [
                "CPostgres", .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(name: "Curl", dependencies: ["CCurl", "Addresses"]),
        .target(name: "JSON", dependencies: ["CSimdJSON"]),
        .target(name: "Gzip", dependencies: ["CZlib"]),
        .target(name: "LinearAlgebra", dependencies: ["CLAPACK"]),

        .target(name: "Addresses"),
        .target(name: "Statistics"),
        .target(name: "Monitoring", dependencies: ["Statistics", "LinearAlgebra"]),
        .target(name: "Query", dependencies: ["Monitoring"]),
        .target(
            name: "Alerting",
            dependencies: [
                "Addresses", "Query", "Monitoring", "Statistics", .product(name: "Yams", package: "Yams"),
            ]),
        .target(
            name: "Integrations",
            dependencies: ["Alerting", "Query", "Monitoring", .product(name: "Crypto", package: "swift-crypto")]),

        .target(
            name: "Store",
            dependencies: [
                "Alerting", "Monitoring", "Statistics", "Postgres",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ],
            resources: [.embedInCode("Migrations")]),
        .target(
            name: "App",
            dependencies: [
                "Store", "Integrations", "Alerting", "Addresses", "Query", "Monitoring", "Statistics", "Postgres",
                "Curl",
                "JSON", "Gzip",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "AsyncAlgorithms", package: "swift-async-algorithms"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Yams", package: "Yams"),
            ],
            resources: [.embedInCode("openapi.yaml")]),
        .executableTarget(
            name: "driftline",
            dependencies: [
                "App", "Addresses", "Alerting", "Monitoring", "Curl", "JSON", "Integrations", "Query",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),

        .target(
            name: "TestSupport",
            dependencies: [
                "Store", "Postgres", "Monitoring", "Statistics", "JSON", "App",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Tests/TestSupport"),
        .target(name: "FalseAlarms", dependencies: ["Monitoring", "Statistics"], path: "Benchmarks/FalseAlarms"),
        .testTarget(name: "StatisticsTests", dependencies: ["Statistics"], resources: [.embedInCode("Golden")]),
        .testTarget(
            name: "MonitoringTests", dependencies: ["Monitoring", "Statistics", "FalseAlarms"],
            resources: [.embedInCode("Golden")]),
        .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra"]),
        .testTarget(name: "QueryTests", dependencies: ["Query", "Monitoring"]),
        .testTarget(
            name: "AlertingTests", dependencies: ["Addresses", "Alerting", "Query", "Monitoring", "Statistics"]),
        .testTarget(name: "IntegrationsTests", dependencies: ["Integrations", "Alerting", "Query", "Monitoring"]),
        .testTarget(name: "PostgresTests", dependencies: ["Postgres", "TestSupport"]),
        .testTarget(name: "AddressesTests", dependencies: ["Addresses"]),
        .testTarget(name: "CurlTests", dependencies: ["Curl", "Addresses"]),
        .testTarget(name: "JSONTests", dependencies: ["JSON"]),
        .testTarget(name: "GzipTests", dependencies: ["Gzip"]),
        .testTarget(
            name: "StoreTests",
            dependencies: ["Store", "Alerting", "Postgres", "Monitoring", "Statistics", "TestSupport"]),
        .testTarget(
            name: "AppTests",
            dependencies: [
                "App", "Store", "Postgres", "Monitoring", "Statistics", "Query", "Addresses", "Alerting",
                "Integrations",
                "JSON", "TestSupport",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "InMemoryLogging", package: "swift-log"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        .testTarget(
            name: "AcceptanceTests",
            dependencies: ["JSON", "Curl", "Addresses", "Monitoring", "Integrations", "TestSupport"]),
    ]
)

// Only for scripts/bench, so that nobody else builds it.
if Context.environment["BENCHMARKS"] != nil {
    package.targets.append(
        .executableTarget(
            name: "Benchmarks", dependencies: ["Monitoring", "Statistics"], path: "Benchmarks/Folding"))
    package.targets.append(
        .executableTarget(
            name: "Simulation", dependencies: ["FalseAlarms", "Monitoring", "Statistics"], path: "Benchmarks/Simulation"
        ))
}

// Only for scripts/fuzz, which also watches where our own modules go.
let fuzzes = Context.environment["FUZZ"] != nil
if fuzzes {
    package.targets.append(.target(name: "CFuzzer", path: "Tests/Fuzz/CFuzzer"))
    package.targets.append(
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "CFuzzer", "App", "Alerting", "Query", "Monitoring", "Statistics", "JSON", "Gzip", "Addresses",
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            path: "Tests/Fuzz", exclude: ["CFuzzer", "Corpus"],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]))
}

for target in package.targets where !["CSimdJSON", "CFuzzer"].contains(target.name) && target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableExperimentalFeature("Lifetimes"),
        .strictMemorySafety(),
    ]
    // Laws are drawn and windows counted by the million in tests, which takes most of their time without optimisation.
    if !fuzzes, ["Statistics", "Monitoring", "FalseAlarms"].contains(target.name) {
        target.swiftSettings?.append(.unsafeFlags(["-O"], .when(configuration: .debug)))
    }
    if fuzzes { target.swiftSettings?.append(.unsafeFlags(["-sanitize=fuzzer", "-enable-testing"])) }
}
package.cxxLanguageStandard = .cxx17
