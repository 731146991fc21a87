// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Hummingbird
public import LocalDynamoDB
public import Logging
import NIOCore
public import ServiceLifecycle
public import StreamSession

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// DynamoDB and DynamoDB Streams over HTTP, both on one port, as AWS SDKs and the AWS CLI speak to them.
///
/// Any credentials and any region are accepted. See <doc:ControlRequests> for what it takes beyond the two services.
public struct LocalEndpointServer: Service {
    /// What it was asked and what it did.
    public let requestLog: RequestLog
    /// The faults that requests meet.
    public let faults: FaultInjector
    private let store: LocalStore
    private let configuration: LocalEndpointConfiguration
    private let clock: any SessionClock
    private let logger: Logger
    private let onListening: @Sendable (Int) -> Void

    /// Creates a server that is not yet listening.
    ///
    /// - Parameters:
    ///   - store: Its content.
    ///   - configuration: Where to listen.
    ///   - clock: Says when counting began, and times the sweeps that delete expired items, and latency.
    ///   - logger: Hears of trouble, and of an address that other machines can reach.
    ///   - onListening: Called once with the port, when the first request can be sent.
    public init(
        store: LocalStore,
        configuration: LocalEndpointConfiguration = LocalEndpointConfiguration(),
        clock: any SessionClock,
        logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
    ) {
        self.store = store
        self.configuration = configuration
        self.clock = clock
        self.logger = logger
        self.onListening = onListening
        self.faults = FaultInjector(seed: configuration.faultSeed, faults: configuration.faults)
        self.requestLog = RequestLog(startedAt: clock.now)
    }

    /// Serves until the task is cancelled or a graceful shutdown begins; requests under way are answered first, for at
    /// most five seconds.
    ///
    /// - Throws: ``LocalEndpointError`` if it cannot listen.
    public func run() async throws {
        var groupConfiguration = ServiceGroupConfiguration(
            services: [
                .init(
                    service: self.application,
                    successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .cancelGroup
                )
            ],
            logger: self.logger
        )
        if let interval = self.configuration.expiryInterval {
            let sweep = ExpirySweep(store: self.store, interval: interval, clock: self.clock, logger: self.logger)
            groupConfiguration.services.append(.init(service: sweep, successTerminationBehavior: .ignore))
        }
        groupConfiguration.maximumGracefulShutdownDuration = .seconds(5)
        let group = ServiceGroup(configuration: groupConfiguration)
        // Owned by this call: a task of its own, because cancelling it would cut off the requests under way.
        let serving = Task { try await group.run() }
        do {
            try await withTaskCancellationHandler {
                try await serving.value
            } onCancel: {
                // Ends by itself: it only asks the group to stop.
                Task { await group.triggerGracefulShutdown() }
            }
        } catch let error as IOError {
            throw self.listeningError(error)
        } catch is SocketAddressError.UnknownHost {
            throw self.unresolved
        } catch is SocketAddressError {
            throw self.unresolved
        }
    }

    private var application: Application<EndpointResponder> {
        var random = SystemRandomNumberGenerator()
        let responder = EndpointResponder(
            operations: OperationTable(store: self.store, log: self.requestLog, faults: self.faults),
            log: self.requestLog,
            hosts: HostRule(host: self.configuration.host, additionalHosts: self.configuration.additionalHosts),
            region: self.store.region,
            requestIDs: RequestIDs(seed: random.next()),
            dropRequest: self.configuration.dropRequest,
            faults: FaultGate(injector: self.faults, store: self.store, clock: self.clock, log: self.requestLog),
            logger: self.logger
        )
        // The HTTP server tells each start at level info; a library does not.
        var logger = self.logger
        if logger.logLevel < .notice, logger.logLevel > .debug { logger.logLevel = .notice }
        return Application(
            responder: responder,
            configuration: ApplicationConfiguration(
                address: .hostname(self.configuration.host, port: self.configuration.port)
            ),
            onServerRunning: { channel in self.hasBegun(port: channel.localAddress?.port ?? 0) },
            logger: logger
        )
    }

    private func hasBegun(port: Int) {
        if !self.configuration.isLoopback {
            self.logger.warning(
                "Other machines can reach the endpoint, which accepts any credentials.",
                metadata: ["host": "\(self.configuration.host)"]
            )
        }
        self.onListening(port)
    }

    private var unresolved: LocalEndpointError {
        LocalEndpointError(
            .cannotListen,
            "No address is known for the host '\(self.configuration.host)'. Name an address of this machine, as 127.0.0.1."
        )
    }

    private func listeningError(_ error: IOError) -> LocalEndpointError {
        let place = "\(self.configuration.host), port \(self.configuration.port)"
        switch error.errnoCode {
        case EADDRINUSE:
            return LocalEndpointError(
                .portInUse,
                "Something listens on \(place) already. Stop it, or choose another port; port 0 takes a free one."
            )
        case EACCES:
            return LocalEndpointError(.cannotListen, "No permission to listen on \(place). Choose a port above 1023.")
        case EADDRNOTAVAIL:
            return LocalEndpointError(
                .cannotListen,
                "\(self.configuration.host) is not an address of this machine. Choose another one, as 127.0.0.1."
            )
        default:
            return LocalEndpointError(.cannotListen, "Cannot listen on \(place): \(error).")
        }
    }
}
