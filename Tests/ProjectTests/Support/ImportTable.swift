// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Which modules each target of `Sources` may import.
///
/// This is the architecture, written down where it can fail.
enum ImportTable {
    struct Row {
        /// Targets of this package.
        let ours: Set<String>
        /// Modules of others, Foundation and libc included.
        let others: Set<String>

        init(_ ours: Set<String> = [], others: Set<String> = []) {
            self.ours = ours
            self.others = others
        }

        func allows(_ module: String) -> Bool { self.ours.contains(module) || self.others.contains(module) }
    }

    /// The platforms' C libraries under their names.
    static let libc: Set<String> = ["Glibc", "Musl", "Darwin"]

    static let rows: [String: Row] = [
        // Pure: values and decisions, no I/O.
        "DynamoDBModel": Row(others: ["Synchronization"]),
        // libc for the one system clock.
        "StreamSession": Row(["DynamoDBModel"], others: libc.union(["Synchronization"])),
        "TerminalCells": Row(),
        "Dashboard": Row(["DynamoDBModel", "StreamSession", "TerminalCells"]),
        "AWSSigning": Row(others: ["Crypto", "Synchronization"]),

        // Loops.
        "DashboardRuntime": Row(["Dashboard", "DynamoDBModel", "StreamSession", "TerminalCells"]),
        "ConsumerEngine": Row(
            ["DynamoDBModel", "StreamSession"],
            others: ["CoreMetrics", "DequeModule", "Logging", "ServiceLifecycle", "Synchronization"]
        ),

        // Edges.
        "AWSTransport": Row(
            ["AWSSigning"],
            others: [
                "AsyncHTTPClient", "Foundation", "FoundationEssentials", "HTTPTypes", "Logging", "NIOCore",
                "NIOFoundationCompat", "NIOHTTP1", "NIOPosix", "NIOSSL", "Synchronization",
            ]
        ),
        "DynamoDBClient": Row(["AWSTransport", "DynamoDBModel"], others: ["Logging", "Synchronization"]),
        // libc for signals to the programs it starts, and to look whether they are there.
        "RecordHandlers": Row(
            ["AWSTransport", "ConsumerEngine", "DynamoDBModel", "StreamSession"],
            others: libc.union(["Logging", "Subprocess", "Synchronization", "System", "SystemPackage"])
        ),
        // libc for the modes of the files.
        "CheckpointFiles": Row(
            ["ConsumerEngine", "DynamoDBModel", "StreamSession"],
            others: libc.union(["GRDB", "GRDBSQLite", "Synchronization"])
        ),
        // libc for the modes and locks of the files, Foundation for JSON, Crypto for names in the place of redacted keys.
        "SessionRecording": Row(
            ["CCompression", "DynamoDBModel", "StreamSession"],
            others: libc.union(["Crypto", "Foundation", "GRDB", "GRDBSQLite", "Synchronization"])
        ),
        // What it runs is the real engine and the real handler; no call of theirs leaves it.
        "Simulation": Row(
            ["ConsumerEngine", "DynamoDBModel", "RecordHandlers", "StreamSession"],
            others: ["DequeModule", "HeapModule", "Synchronization"]
        ),
        "LocalDynamoDB": Row(
            ["DynamoDBModel", "StreamSession"],
            others: libc.union(["GRDB", "GRDBSQLite", "Synchronization"])
        ),
        "LocalEndpoint": Row(
            ["AWSSigning", "CCompression", "DynamoDBModel", "LocalDynamoDB", "StreamSession"],
            others: libc.union([
                "HTTPTypes", "Hummingbird", "Logging", "NIOCore", "ServiceLifecycle", "Synchronization",
            ])
        ),
        "DemoPipeline": Row(
            [
                "AWSTransport", "CheckpointFiles", "ConsumerEngine", "DynamoDBClient", "DynamoDBModel",
                "LocalDynamoDB", "LocalEndpoint", "RecordHandlers", "StreamSession",
            ],
            others: ["Logging", "ServiceLifecycle", "Synchronization"]
        ),
        "CCompression": Row(),
        "CTerminal": Row(),
        "TerminalDriver": Row(["CTerminal", "TerminalCells"], others: libc.union(["Synchronization"])),
        "Settings": Row(["Dashboard", "DynamoDBModel", "TerminalCells"], others: ["TOMLKit"]),

        // The program.
        "weir": Row(
            [
                "AWSSigning", "AWSTransport", "CTerminal", "CheckpointFiles", "ConsumerEngine", "Dashboard",
                "DashboardRuntime", "DemoPipeline", "DynamoDBClient", "DynamoDBModel", "LocalDynamoDB",
                "LocalEndpoint", "RecordHandlers", "SessionRecording", "Settings", "Simulation", "StreamSession",
                "TerminalCells", "TerminalDriver",
            ],
            // FoundationEssentials for the environment and for temporary folders.
            others: libc.union([
                "ArgumentParser", "Foundation", "FoundationEssentials", "Logging", "ServiceLifecycle",
                "Synchronization",
                "UnixSignals",
            ])
        ),

        // No product.
        // libc for the signals it sends to itself, Foundation for its environment.
        "TerminalProbe": Row(["TerminalCells", "TerminalDriver"], others: libc.union(["Foundation"])),
        "RecordingSeeks": Row(["DynamoDBModel", "SessionRecording", "StreamSession"]),
        "TestSupport": Row(
            ["ConsumerEngine", "Dashboard", "DynamoDBModel", "StreamSession", "TerminalCells"],
            others: libc.union(["Foundation", "Logging", "Synchronization", "Testing"])
        ),
        "TestServers": Row(
            ["AWSTransport", "TestSupport"],
            others: ["Foundation", "HTTPTypes", "Hummingbird", "Logging", "NIOCore"]
        ),
        "WeirBenchmarks": Row(
            [
                "ConsumerEngine", "Dashboard", "DynamoDBModel", "RecordHandlers", "Settings", "Simulation",
                "StreamSession", "TerminalCells", "TestSupport",
            ],
            others: libc.union(["Benchmark", "Foundation", "Logging"])
        ),
    ]
}
