// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// The records that a function reports as failed (`ReportBatchItemFailures`).
package enum ItemFailures: Hashable, Sendable {
    /// None: all is done.
    case none
    /// The texts of `itemIdentifier`, at least one.
    case identifiers([String])
    /// The answer is not one: the whole attempt has failed.
    case invalid(String)

    /// Reads the answer of a function.
    ///
    /// Nothing, `""`, `null`, `{}`, `[]` and an empty or absent list are successes. Whatever is not exactly
    /// `{"batchItemFailures":[{"itemIdentifier":"…"}]}` besides is a failure: to take it for a success would lose records.
    package init(parsing body: [UInt8]) {
        guard body.contains(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
            self = .none
            return
        }
        do throws(JSONFault) {
            self.init(try JSONValue(parsing: body))
        } catch {
            self = .invalid("the response is not JSON (\(error))")
        }
    }

    /// Reads the answer of a function that was parsed already.
    package init(_ answer: JSONValue) {
        switch answer {
        case .null, .string(""), .array([]): self = .none
        case .object:
            switch answer["batchItemFailures"] {
            case nil, .null?: self = .none
            case .array(let entries)?: self.init(entries: entries)
            default: self = .invalid("batchItemFailures is not a list")
            }
        default: self = .invalid("the response is not an object with batchItemFailures")
        }
    }

    private init(entries: [JSONValue]) {
        var identifiers: [String] = []
        for entry in entries {
            guard case .object = entry else {
                self = .invalid("an entry of batchItemFailures is not an object")
                return
            }
            guard let identifier = entry["itemIdentifier"] else {
                self = .invalid("an entry of batchItemFailures has no itemIdentifier")
                return
            }
            guard let text = identifier.string, !text.isEmpty else {
                self = .invalid("an itemIdentifier is not the text of a sequence number")
                return
            }
            identifiers.append(text)
        }
        self = identifiers.isEmpty ? .none : .identifiers(identifiers)
    }
}
