// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import SessionRecording

extension RedactionRule {
    /// Reads a rule, for an option's `transform`.
    @Sendable static func read(_ text: String) throws -> RedactionRule {
        guard let rule = RedactionRule(text) else { throw ValidationError("\(RedactionRule.forms) are accepted") }
        return rule
    }
}

extension SessionRedactor {
    /// A redactor whose secret nobody keeps.
    static func random(_ rule: RedactionRule) -> SessionRedactor {
        SessionRedactor(rule, secret: (0..<32).map { _ in UInt8.random(in: .min ... .max) })
    }
}
