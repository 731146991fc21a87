// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
]

// The checks (./dev test) refuse warnings; who builds with a newer compiler than they do must not be stopped by them.
let warnings: [SwiftSetting] =
    Context.environment["WARNINGS_AS_ERRORS"] != nil ? [.treatAllWarnings(as: .error)] : []

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let coreMetrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let tomlKit = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")

let package = Package(
    name: "weir",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "weir", targets: ["weir"]),
        .library(name: "DynamoDBModel", targets: ["DynamoDBModel"]),
        .library(name: "DynamoDBClient", targets: ["DynamoDBClient"]),
        .library(name: "ConsumerEngine", targets: ["ConsumerEngine", "StreamSession", "DynamoDBModel"]),
        .library(name: "LocalDynamoDB", targets: ["LocalDynamoDB", "LocalEndpoint"]),
    ],
    dependencies: [
        // Commands, options and their help.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // Logging goes through an injected logger, so that a user of the library chooses where it ends.
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        // Metrics go through an injected factory, as the log does.
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        // SHA-256 and HMAC: request signatures, names in the place of redacted keys.
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        // A double-ended queue for records that wait for their batch, a heap for who sleeps in a simulation.
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        // Event loops and byte buffers below the HTTP client and server.
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        // Header fields of requests and responses.
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        // The HTTP client.
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        // The engine runs as a service of a larger program.
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        // The HTTP server of the embedded endpoint.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        // SQLite: tables and streams of the embedded endpoint, checkpoints.
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        // Programs as handlers: started without a shell, without our descriptors, in a session of their own.
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        // The paths that the package before takes.
        .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
        // Theme files and settings files.
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        // Pure: values and decisions, no I/O.
        .target(name: "DynamoDBModel"),
        .target(name: "StreamSession", dependencies: ["DynamoDBModel"]),
        .target(name: "TerminalCells"),
        .target(name: "Dashboard", dependencies: ["DynamoDBModel", "StreamSession", "TerminalCells"]),
        .target(name: "AWSSigning", dependencies: [crypto]),

        // Loops.
        .target(
            name: "DashboardRuntime",
            dependencies: ["Dashboard", "DynamoDBModel", "StreamSession", "TerminalCells"]
        ),
        .target(
            name: "ConsumerEngine",
            dependencies: ["DynamoDBModel", "StreamSession", logging, coreMetrics, serviceLifecycle, deque]
        ),

        // Edges.
        .target(
            name: "AWSTransport",
            dependencies: ["AWSSigning", asyncHTTPClient, nioCore, nioPosix, nioHTTP1, httpTypes, logging]
        ),
        .target(name: "DynamoDBClient", dependencies: ["DynamoDBModel", "AWSTransport", logging]),
        .target(
            name: "RecordHandlers",
            dependencies: [
                "AWSTransport", "ConsumerEngine", "DynamoDBModel", "StreamSession", logging, subprocess, systemPackage,
            ]
        ),
        .target(name: "CheckpointFiles", dependencies: ["ConsumerEngine", "DynamoDBModel", "StreamSession", grdb]),
        .target(
            name: "SessionRecording",
            dependencies: ["CCompression", "DynamoDBModel", "StreamSession", crypto, grdb]
        ),
        .target(
            name: "Simulation",
            dependencies: ["ConsumerEngine", "DynamoDBModel", "RecordHandlers", "StreamSession", deque, heap]
        ),
        .target(name: "LocalDynamoDB", dependencies: ["DynamoDBModel", "StreamSession", grdb]),
        .target(
            name: "LocalEndpoint",
            dependencies: [
                "DynamoDBModel", "StreamSession", "LocalDynamoDB", "CCompression", hummingbird, httpTypes, nioCore,
                logging,
                serviceLifecycle,
            ]
        ),
        .target(
            name: "DemoPipeline",
            dependencies: [
                "DynamoDBModel", "StreamSession", "ConsumerEngine", "RecordHandlers", "DynamoDBClient", "AWSTransport",
                "LocalDynamoDB", "LocalEndpoint", "CheckpointFiles", logging,
            ]
        ),
        .target(name: "CCompression", linkerSettings: [.linkedLibrary("z")]),
        .target(name: "CTerminal", linkerSettings: [.linkedLibrary("ncursesw")]),
        .target(name: "TerminalDriver", dependencies: ["TerminalCells", "CTerminal"]),
        .target(name: "Settings", dependencies: ["Dashboard", "DynamoDBModel", "TerminalCells", tomlKit]),

        // The program.
        .executableTarget(
            name: "weir",
            dependencies: [
                "DynamoDBModel", "StreamSession", "TerminalCells", "Dashboard", "DashboardRuntime", "ConsumerEngine",
                "AWSSigning", "AWSTransport", "DynamoDBClient", "RecordHandlers", "CheckpointFiles", "LocalDynamoDB",
                "LocalEndpoint", "DemoPipeline", "SessionRecording", "Simulation", "TerminalDriver", "CTerminal",
                "Settings", argumentParser, serviceLifecycle, unixSignals, logging,
            ]
        ),

        // A screen that can be made to crash: the tests prove with it that the terminal comes back; no product.
        .executableTarget(name: "TerminalProbe", dependencies: ["TerminalCells", "TerminalDriver"]),

        // Jumps through a recording for ./dev bench recording; no product.
        .executableTarget(
            name: "RecordingSeeks",
            dependencies: ["SessionRecording", "StreamSession", "DynamoDBModel"],
            path: "Sources/Benchmarks/RecordingSeeks"
        ),

        // Stand-ins, conformance suites and literals for the tests; no product.
        .target(
            name: "TestSupport",
            dependencies: ["DynamoDBModel", "StreamSession", "ConsumerEngine", "TerminalCells", "Dashboard", logging]
        ),

        // Servers that tests talk to; no product.
        .target(
            name: "TestServers",
            dependencies: ["AWSTransport", "TestSupport", hummingbird, httpTypes, nioCore, logging]
        ),

        .testTarget(name: "DynamoDBModelTests", dependencies: ["DynamoDBModel", "TestSupport"]),
        .testTarget(name: "StreamSessionTests", dependencies: ["StreamSession", "DynamoDBModel", "TestSupport"]),
        .testTarget(
            name: "SessionRecordingTests",
            dependencies: [
                "SessionRecording", "ConsumerEngine", "StreamSession", "DynamoDBModel", "TestSupport", grdb, logging,
            ]
        ),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "Simulation", "SessionRecording", "ConsumerEngine", "RecordHandlers", "DynamoDBModel", "StreamSession",
                "TestSupport",
            ]
        ),
        .testTarget(name: "TerminalCellsTests", dependencies: ["TerminalCells", "TestSupport"]),
        .testTarget(
            name: "DashboardTests",
            dependencies: ["Dashboard", "DynamoDBModel", "StreamSession", "TerminalCells", "TestSupport"],
            exclude: ["Goldens"]
        ),
        .testTarget(
            name: "DashboardRuntimeTests",
            dependencies: [
                "DashboardRuntime", "Dashboard", "DynamoDBModel", "StreamSession", "TerminalCells", "TestSupport",
            ]
        ),
        .testTarget(name: "AWSSigningTests", dependencies: ["AWSSigning"], exclude: ["Fixtures"]),
        .testTarget(
            name: "ConsumerEngineTests",
            dependencies: [
                "ConsumerEngine", "RecordHandlers", "CheckpointFiles", "DynamoDBModel", "StreamSession", "TestSupport",
                logging, coreMetrics, grdb,
            ]
        ),
        .testTarget(
            name: "RecordHandlersTests",
            dependencies: [
                "RecordHandlers", "AWSTransport", "AWSSigning", "ConsumerEngine", "DynamoDBModel", "LocalDynamoDB",
                "StreamSession", "TestServers", "TestSupport", hummingbird, httpTypes, logging,
            ]
        ),
        .testTarget(
            name: "AWSTransportTests",
            dependencies: ["AWSTransport", "AWSSigning", "TestServers", hummingbird, httpTypes, nioCore, logging]
        ),
        .testTarget(
            name: "DynamoDBClientTests",
            dependencies: [
                "DynamoDBClient", "AWSTransport", "LocalDynamoDB", "LocalEndpoint", "DynamoDBModel", "StreamSession",
                "TestServers", "TestSupport", logging,
            ]
        ),
        .testTarget(
            name: "LocalDynamoDBTests",
            dependencies: ["LocalDynamoDB", "DynamoDBModel", "StreamSession", "TestSupport", grdb]
        ),
        .testTarget(
            name: "LocalEndpointTests",
            dependencies: [
                "LocalEndpoint", "LocalDynamoDB", "DynamoDBModel", "StreamSession", "TestSupport", asyncHTTPClient,
                nioCore, nioHTTP1, logging,
            ],
            exclude: ["Interop"]
        ),
        .testTarget(
            name: "DemoPipelineTests",
            dependencies: [
                "DemoPipeline", "ConsumerEngine", "RecordHandlers", "DynamoDBClient", "DynamoDBModel", "StreamSession",
                "LocalDynamoDB", "LocalEndpoint", "TestSupport", logging,
            ]
        ),
        .testTarget(
            name: "TerminalDriverTests",
            dependencies: [
                "TerminalDriver", "CTerminal", "TerminalCells", "TerminalProbe", "DynamoDBModel", "TestSupport", "weir",
            ]
        ),
        .testTarget(
            name: "SettingsTests",
            dependencies: ["Settings", "Dashboard", "TerminalCells", "DynamoDBModel", "TestSupport"]
        ),
        .testTarget(
            name: "ToolTests",
            dependencies: [
                "weir", "Dashboard", "DemoPipeline", "RecordHandlers", "ConsumerEngine", "DynamoDBClient",
                "LocalDynamoDB",
                "LocalEndpoint", "AWSTransport", "TestServers", "TestSupport", "SessionRecording", "Settings",
                "Simulation",
                "DynamoDBModel", "StreamSession", "DashboardRuntime", "TerminalCells", argumentParser, hummingbird,
                httpTypes, grdb, logging,
            ]
        ),
        .testTarget(
            name: "ProjectTests",
            dependencies: [
                "weir", "TestSupport", "ConsumerEngine", "LocalDynamoDB", "DynamoDBModel", "StreamSession",
            ],
            exclude: ["StandIns"]
        ),
    ]
)

// The benchmark runner is only fetched by those who measure: BENCHMARKS=1 swift package benchmark.
if Context.environment["BENCHMARKS"] != nil {
    // Without its malloc interposer, which needs a library that Debian does not have.
    package.dependencies.append(.package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []))
    package.targets.append(
        .executableTarget(
            name: "WeirBenchmarks",
            dependencies: [
                "DynamoDBModel", "StreamSession", "ConsumerEngine", "Dashboard", "TerminalCells", "RecordHandlers",
                "Simulation", logging, .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Sources/Benchmarks/WeirBenchmarks",
            exclude: ["Peers"],
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        )
    )
}

for target in package.targets {
    switch target.type {
    case .regular, .executable, .test: target.swiftSettings = (target.swiftSettings ?? []) + strict + warnings
    default: break  // plugins, system libraries and macros take no settings
    }
}
