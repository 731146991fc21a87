// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// One behaviour of the service.
package struct APIConformanceCase: Sendable, CustomStringConvertible {
    /// The behaviour, a sentence with its group before it.
    package let name: String
    let body: @Sendable (APISubject) async throws -> Void

    init(_ name: String, _ body: @escaping @Sendable (APISubject) async throws -> Void) {
        self.name = name
        self.body = body
    }

    /// The name.
    package var description: String { self.name }
}

/// A behaviour that is not there.
struct APIConformanceFailure: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Throws if something is not so.
func check(_ condition: Bool, _ what: @autoclosure () -> String) throws {
    if !condition { throw APIConformanceFailure(what()) }
}

/// Throws if two values differ.
func checkEqual<Value: Equatable>(_ found: Value, _ expected: Value, _ what: String) throws {
    if found != expected { throw APIConformanceFailure("\(what) is \(found), not \(expected)") }
}

/// Throws unless a call is refused with one of some codes.
@discardableResult
func checkRefused<Value>(
    _ codes: DynamoDBError.Code...,
    what: String = "the call",
    _ call: () async throws -> Value
) async throws -> DynamoDBError {
    do {
        _ = try await call()
    } catch let error as DynamoDBError {
        if codes.contains(error.code) { return error }
        throw APIConformanceFailure("\(what) is refused with \(error.code), not \(codes[0]): \(error.message)")
    }
    throw APIConformanceFailure("\(what) is not refused with \(codes[0])")
}

/// A string as an attribute.
func stringValue(_ text: String) -> AttributeValue { .string(text) }

/// A number as an attribute.
func numberValue(_ text: String) -> AttributeValue {
    guard let number = DecimalNumber(text) else { preconditionFailure("\(text) is no number") }
    return .number(number)
}
