// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// One alternative of a condition: what a single value of a record is asked.
indirect enum ValueTest: Hashable, Sendable {
    case string([UInt8])
    case number(DecimalDigits)
    case bool(Bool)
    case null
    case prefix([UInt8])
    case suffix([UInt8])
    case equalsIgnoringCase(CaseFoldedText)
    case prefixIgnoringCase(CaseFoldedText)
    case suffixIgnoringCase(CaseFoldedText)
    case wildcard(WildcardText)
    case numeric(NumericRange)
    case addressBlock(AddressBlock)
    case exists
    /// None of these.
    case anythingBut([ValueTest])

    /// Whether the value passes.
    ///
    /// A string is never a number, a number never a string.
    func matches(_ value: FilterScalar) -> Bool {
        switch (self, value) {
        case (.exists, _): true
        case (.anythingBut(let tests), _): !tests.contains { $0.matches(value) }
        case (.bool(let wanted), .bool(let flag)): wanted == flag
        case (.null, .null): true
        case (.number(let wanted), .number(let text)): Self.decimal(text) == wanted
        case (.numeric(let range), .number(let text)): Self.decimal(text).map { range.contains($0) } ?? false
        case (_, .string(let text)): self.matches(text: text)
        default: false
        }
    }

    private func matches(text: ArraySlice<UInt8>) -> Bool {
        switch self {
        case .string(let wanted): text.elementsEqual(wanted)
        case .prefix(let prefix): text.starts(with: prefix)
        case .suffix(let suffix): text.suffix(suffix.count).elementsEqual(suffix)
        case .equalsIgnoringCase(let wanted): wanted.equals(text)
        case .prefixIgnoringCase(let prefix): prefix.isPrefix(of: text)
        case .suffixIgnoringCase(let suffix): suffix.isSuffix(of: text)
        case .wildcard(let wildcard): wildcard.matches(text)
        case .addressBlock(let block): block.contains(text)
        default: false
        }
    }

    /// The value of a JSON number, of any length.
    static func decimal(_ text: ArraySlice<UInt8>) -> DecimalDigits? {
        text.withUnsafeBufferPointer { try? DecimalDigits(parsing: $0) }
    }
}
