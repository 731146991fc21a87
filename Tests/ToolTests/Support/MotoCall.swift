// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DynamoDBModel
import RecordHandlers
import StreamSession

/// One signed call to a moto server.
enum MotoCall {
    /// Sends a call and returns the body of its answer.
    static func send(_ call: AWSCall, to service: ServiceIdentity, at server: String) async throws -> [UInt8] {
        let clock = SystemClock()
        let connections = HandlerConnections(
            options: ConnectionOptions(region: "us-east-1", endpointURL: server),
            context: ProcessContext(environment: [:], homeDirectory: "/", readFile: { _ in nil }),
            surroundings: ServiceConnection.Surroundings(
                now: { clock.now.milliseconds },
                sleep: { try await clock.sleep(for: $0) },
                random: { 0.5 }
            ),
            userAgent: "weir/test",
            logger: silentLogger
        )
        let made = try connections.connect(to: service, endpointURL: server)
        do {
            let reply = try await made.connection.send(call)
            await made.shutdown()
            return reply.body
        } catch {
            await made.shutdown()
            throw error
        }
    }
}
