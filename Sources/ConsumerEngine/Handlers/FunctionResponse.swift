// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What a function said of a batch, as Lambda's Invoke API tells it; the engine decides what it means.
public struct FunctionResponse: Hashable, Sendable {
    /// The HTTP status; 200 if there was no HTTP.
    public var statusCode: Int
    /// The version that ran; nil: not told.
    public var executedVersion: String?
    /// The kind of a function error (`Handled`, `Unhandled`); nil: the function returned.
    public var functionError: String?
    /// What it returned, or the error as it tells it: JSON, maybe nothing.
    public var body: [UInt8]

    /// Creates a response.
    public init(
        statusCode: Int = 200,
        executedVersion: String? = nil,
        functionError: String? = nil,
        body: [UInt8] = []
    ) {
        self.statusCode = statusCode
        self.executedVersion = executedVersion
        self.functionError = functionError
        self.body = body
    }
}
