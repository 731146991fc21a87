// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// How the newest invocation went, in Lambda's words (`LastProcessingResult`).
public enum ProcessingResult: String, Hashable, Sendable, Codable {
    /// There was none.
    case none = "No records processed"
    /// It went well.
    case succeeded = "OK"
    /// It failed, or did not take place.
    case failed = "PROBLEM: Function call failed"
}
