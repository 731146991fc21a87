// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import RecordHandlers

/// Looks at the places that a handler or a failure destination sends to, by calls that change nothing.
enum PlaceCheck {
    /// What came of it.
    struct Outcome {
        var findings: [CheckFinding] = []
        /// Actions that need not be listed as not tried.
        var tried: Set<String> = []
    }

    /// How long an answer may take; a check is not worth repeating a call for.
    static let limits = HTTPLimits(responseTimeout: .seconds(5))

    /// Where a service is, and who has said so.
    static func endpoint(_ name: String, _ endpoint: ServiceEndpoint, option: String) -> CheckFinding {
        let origin =
            switch endpoint.origin {
            case .option: " (\(option))"
            case .environment(let variable): " (\(variable))"
            case .profile(let name): " (profile '\(name)')"
            case .rules: ""
            }
        return .pass("endpoint", "\(name): \(endpoint.url)\(origin)")
    }

    /// Whether something listens there; nil: it does.
    static func unreachable(_ endpoint: ServiceEndpoint, option: String) async -> CheckFinding? {
        do throws(HTTPFailure) {
            try await EndpointReach.check(endpoint)
            return nil
        } catch {
            return .fail("endpoint", error.text(at: endpoint), Self.advice(option))
        }
    }

    /// Asks whether something is there.
    static func ask(_ probe: PresenceProbe, check: String, option: String) async -> Outcome {
        do throws(AWSCallError) {
            try await probe.run()
            return Outcome(findings: [.pass(check, "\(probe.subject) is there")])
        } catch {
            switch error.reason {
            case .connection, .timedOut:
                return Outcome(findings: [.fail("endpoint", error.message, Self.advice(option))])
            default:
                guard !PresenceProbe.isForbidden(error) else {
                    let message = "\(probe.subject): not known, as \(probe.action) on \(probe.resource) is not allowed"
                    return Outcome(findings: [.skip(check, message)])
                }
                return Outcome(findings: [.fail(check, "\(probe.subject): \(error)", probe.advice(for: error))])
            }
        }
    }

    private static func advice(_ option: String) -> String {
        "Check \(option) and whether the place can be reached from this machine."
    }
}
