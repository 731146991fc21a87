// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import DynamoDBModel
import LocalDynamoDB
import LocalEndpoint
import StreamSession
import UnixSignals

/// `weir local`: the embedded endpoint by itself.
struct LocalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "local",
        abstract: "Serve DynamoDB and DynamoDB Streams on this machine.",
        discussion: """
            Both services answer on one port, for any credentials and any region. Without --data everything is in \
            memory and gone at the end.

            Provisioned tables throttle as the service's do: they keep the capacity that was not used in the last 300 seconds, \
            and refuse what is more with ProvisionedThroughputExceededException or hand it back as UnprocessedItems. \
            On-demand tables are not throttled.

            A fault is OPERATION:KIND, with members behind commas: rate (0 to 1), count, after, latency, and for errors \
            code, status and message. * is for all operations. The kinds are error=CODE, latency=DURATION, drop, drop-answer, \
            corrupt, for BatchWriteItem unprocessed, and for GetRecords expire-iterator, trim and split.

            EXAMPLES
              weir local
              weir local --port 0 --shards 4
              weir local --data staging.weir
              weir local --no-throttling
              weir local --expiry-interval 1s
              weir local --fault BatchWriteItem:unprocessed,rate=0.2 \\
                --fault GetRecords:latency=200ms --seed 3
              weir local --fault 'PutItem:error=ThrottlingException,after=100,count=5' \\
                --fault '*:drop,rate=0.01'
              aws dynamodb list-tables --endpoint-url http://127.0.0.1:8000
            """
    )

    @Option(help: "Address to listen on; other machines reach it if it is not a loopback address.")
    var host = "127.0.0.1"

    @Option(help: "Port to listen on, 0 to 65535; 0 takes a free one.")
    var port = 8000

    @Option(help: "File that keeps tables and streams; created readable for you alone. In memory without it.")
    var data: String?

    @Option(help: "Open shards of a new stream, 1 to 256.")
    var shards = 1

    @Option(
        name: .customLong("expiry-interval"),
        help: ArgumentHelp("Delete expired items so often, 100ms to 24h (default: 10s).", valueName: "duration"),
        transform: DurationArgument.within(DurationArgument(.milliseconds(100)), DurationArgument(.seconds(86_400)))
    )
    var expiryInterval = DurationArgument(.seconds(10))

    @Option(
        name: .long,
        help: ArgumentHelp("Let requests fail, wait or get lost; can be given more than once.", valueName: "spec"),
        transform: FaultArgument.read
    )
    var fault: [FaultSpecification] = []

    @Option(
        name: .long,
        help: ArgumentHelp("What faults are drawn from: the same seed, the same faults (default: 7).", valueName: "n"),
        transform: NumberArgument.within(0...Int.max)
    )
    var seed = 7

    @Flag(name: .customLong("no-throttling"), help: "Let provisioned tables take more than their capacity.")
    var noThrottling = false

    @Option(help: "Region in ARNs and stream records.")
    var region = "us-east-1"

    @OptionGroup(title: "Log")
    var log: LogArguments

    func validate() throws {
        guard (0...65_535).contains(self.port) else {
            throw ValidationError("--port \(self.port) is not possible: give 0 to 65535; 0 takes a free port.")
        }
        guard (1...256).contains(self.shards) else {
            throw ValidationError("--shards \(self.shards) is not possible: give 1 to 256.")
        }
        guard RegionName.isValid(self.region) else { throw RegionName.refusal(of: self.region) }
    }

    func run() async throws {
        var configuration = LocalEndpointConfiguration(
            host: self.host,
            port: self.port,
            expiryInterval: self.expiryInterval.duration,
            faults: self.fault,
            faultSeed: UInt64(self.seed)
        )
        if configuration.isOnAllAddresses { configuration.additionalHosts = ProcessSurroundings.hostNames() }
        do {
            if let signal = try await self.serve(configuration) {
                throw ProgramFailure(status: 128 + signal, message: nil)
            }
        } catch let error as LocalStoreError {
            throw ProgramFailure(status: ExitStatus.failure, message: error.description)
        } catch let error as LocalEndpointError {
            throw ProgramFailure(status: ExitStatus.failure, message: error.description)
        }
    }

    /// Serves until a signal asks for the end; returns its number.
    private func serve(_ configuration: LocalEndpointConfiguration) async throws -> Int32? {
        let clock = SystemClock()
        let log =
            self.log.logFile == nil
            ? ProgramLog.errorsAlone { clock.now.iso8601 }
            : try ProgramLog(self.log, trace: nil) { clock.now.iso8601 }
        let store = try LocalStore(
            configuration: LocalStoreConfiguration(
                path: self.data,
                region: self.region,
                shardsPerTable: self.shards,
                throttlesProvisionedTables: !self.noThrottling
            ),
            clock: clock
        )
        let start = LocalStart(configuration: configuration, data: self.data, region: self.region)
        let server = LocalEndpointServer(
            store: store,
            configuration: configuration,
            clock: clock,
            logger: log.logger(.endpoint),
            onListening: { start.tell(port: $0) }
        )
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
        return try await withThrowingTaskGroup(of: Int32?.self) { group in
            group.addTask {
                try await server.run()
                return nil
            }
            group.addTask {
                for await signal in signals { return signal.rawValue }
                return nil
            }
            let first = try await group.next() ?? nil
            group.cancelAll()
            try await group.waitForAll()
            try store.settle()
            return first
        }
    }
}
