// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a piece of JSON: its syntax, the type of a value, or the value itself.
///
/// Texts never hold values from the document, so that they can be logged.
package struct JSONFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of fault, which become different errors of the service.
    package enum Kind: Hashable, Sendable {
        /// No JSON, or beyond the bounds of depth and size.
        case syntax
        /// JSON, but a value has the wrong JSON type.
        case type
        /// The right types, but a value that is not allowed.
        case validation
    }

    /// The kind of fault.
    package var kind: Kind
    /// What is wrong.
    package var message: String
    /// Where in the document, in bytes from its start; nil when that says nothing.
    package var offset: Int?

    /// Describes a fault.
    package init(_ kind: Kind, _ message: String, offset: Int? = nil) {
        self.kind = kind
        self.message = message
        self.offset = offset
    }

    /// Message and place.
    package var description: String {
        self.offset.map { "\(self.message) (at byte \($0))" } ?? self.message
    }

    /// The fault as the service reports it for a request.
    package var requestError: DynamoDBError {
        switch self.kind {
        case .syntax, .type: DynamoDBError(.serialization, self.description)
        case .validation: DynamoDBError(.validation, self.message)
        }
    }

    /// The fault in an answer of the service.
    package var responseError: DynamoDBError {
        DynamoDBError(.malformedResponse, self.description)
    }

    static func duplicateName(at offset: Int) -> JSONFault {
        .syntax("a name occurs twice in an object", at: offset)
    }

    static func syntax(_ message: String, at offset: Int) -> JSONFault {
        JSONFault(.syntax, message, offset: offset)
    }
}
