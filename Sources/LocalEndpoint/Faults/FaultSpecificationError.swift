// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Why a fault is not accepted.
public struct FaultSpecificationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The member, `rate`; `fault` for the whole.
    public let member: String
    /// What was given.
    public let value: String
    /// What is accepted instead.
    public let accepted: String

    /// Member, value and what is accepted.
    public var description: String {
        let subject = self.member == "fault" ? "'\(self.value)' is no fault" : nil
        return "\(subject ?? "the fault's \(self.member) '\(self.value)' is not possible"): \(self.accepted)"
    }
}
