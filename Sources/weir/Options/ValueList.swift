// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Values of one option, separated by commas.
struct ValueList<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The values in the order in which they were given, each once.
    var values: [Value]

    /// Creates a list.
    init(_ values: [Value] = []) {
        self.values = values
    }

    /// A reader of lists, for an option's `transform`.
    ///
    /// - Parameter element: Reads one value, or says what is accepted.
    /// - Returns: The reader.
    static func of(
        _ element: @escaping @Sendable (String) throws -> Value
    ) -> @Sendable (String) throws -> ValueList<Value> {
        { text in
            var values: [Value] = []
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                let part = String(part)
                let value: Value
                do {
                    value = try element(part)
                } catch let error as ValidationError {
                    throw ValidationError(
                        text.contains(",")
                            ? "\(error.message), but not '\(part)'" : "\(error.message); several with commas between"
                    )
                }
                if !values.contains(value) { values.append(value) }
            }
            return ValueList(values)
        }
    }
}
