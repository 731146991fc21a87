// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DynamoDBClient
import DynamoDBModel

/// Looks at what the connection is made of, without a call: profile, region, endpoints, credentials.
struct ConnectionCheck: Sendable {
    /// How long credentials should be good for at least.
    private static let shortest = Duration.seconds(900)

    let options: ConnectionOptions
    let context: ProcessContext
    let now: Timestamp

    /// What was found; no secret and no access key is in it.
    func findings() async -> [CheckFinding] {
        let resolver: ConnectionResolver
        do throws(ConnectionError) {
            resolver = try ConnectionResolver(options: self.options, context: self.context)
        } catch {
            return [.fail("profile", error)]
        }
        let endpoints = Self.endpoints(resolver)
        let isLocal = endpoints.places.count == 2 && endpoints.places.allSatisfy(\.isLoopback)
        return [self.region(resolver, isLocal: isLocal)] + endpoints.findings
            + [await self.credentials(resolver, isLocal: isLocal)]
    }

    private func region(_ resolver: ConnectionResolver, isLocal: Bool) -> CheckFinding {
        do throws(ConnectionError) {
            return .pass("region", try resolver.region(isLocal: isLocal))
        } catch {
            return .fail("region", error)
        }
    }

    private static func endpoints(
        _ resolver: ConnectionResolver
    ) -> (findings: [CheckFinding], places: [ServiceEndpoint]) {
        var places: [ServiceEndpoint] = []
        var findings: [CheckFinding] = []
        for (name, service) in [("tables", ServiceIdentity.dynamoDB), ("streams", .dynamoDBStreams)] {
            do throws(ConnectionError) {
                let endpoint = try resolver.endpoint(of: service)
                places.append(endpoint)
                findings.append(.pass("endpoint", "\(name): \(endpoint.url)\(Self.origin(endpoint.origin))"))
            } catch {
                // That the region is missing is said already.
                findings.append(
                    error.code == .regionMissing
                        ? .skip("endpoint", "\(name): follows from the region") : .fail("endpoint", error)
                )
            }
        }
        if places.count == 2, places[0].isAWS != places[1].isAWS {
            findings.append(
                .warn(
                    "endpoint",
                    "tables and streams are at different places, one of them AWS",
                    "AWS_ENDPOINT_URL_DYNAMODB is for tables alone: set AWS_ENDPOINT_URL_DYNAMODB_STREAMS as well, or give "
                        + "--endpoint-url."
                )
            )
        }
        return (findings, places)
    }

    private static func origin(_ origin: ServiceEndpoint.Origin) -> String {
        switch origin {
        case .option: " (--endpoint-url)"
        case .environment(let variable): " (\(variable))"
        case .profile(let name): " (profile '\(name)')"
        case .rules: ""
        }
    }

    private func credentials(_ resolver: ConnectionResolver, isLocal: Bool) async -> CheckFinding {
        do throws(ConnectionError) {
            let found = try await resolver.credentials(isLocal: isLocal).credentials(at: self.now.milliseconds)
            if found == .forLoopback { return .pass("credentials", "none are needed on this machine") }
            let source = "from \(found.source)"
            guard let expiresAt = found.expiresAt else { return .pass("credentials", source) }
            let end = Timestamp(milliseconds: expiresAt)
            let message = "\(source), until \(end.iso8601)"
            guard end.since(self.now) < Self.shortest else { return .pass("credentials", message) }
            return .warn("credentials", message, "They end within 15 minutes: get new ones before a long run.")
        } catch {
            return .fail("credentials", error)
        }
    }
}
