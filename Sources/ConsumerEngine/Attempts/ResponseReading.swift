// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// What the answer of a function means for the records it got.
package struct ResponseReading: Hashable, Sendable {
    /// The largest state of a tumbling window that goes on.
    ///
    /// Source: Lambda, tumbling windows, 1 MB.
    package static let stateLimit = 1_048_576

    /// How the attempt ended.
    package var result: AttemptResult
    /// The state that the function returned, JSON; nil: windows are off, or it returned none.
    package var state: [UInt8]?

    /// Reads an answer.
    ///
    /// - Parameters:
    ///   - response: The answer.
    ///   - records: What the function got.
    ///   - reportsItemFailures: Whether it may name failed records; else its answer is not looked at for them.
    ///   - needsState: Whether it must return the state of a tumbling window.
    package init(
        _ response: FunctionResponse,
        to records: [StreamRecord],
        reportsItemFailures: Bool,
        needsState: Bool
    ) {
        if let error = response.functionError {
            self.init(failure: "the handler failed: \(response.errorText(error))", response)
            return
        }
        guard (200..<300).contains(response.statusCode) else {
            self.init(failure: "the function answered with the status \(response.statusCode)", response)
            return
        }
        var state: [UInt8]?
        var failures = ItemFailures.none
        if needsState {
            guard let answer = try? JSONValue(parsing: response.body), let value = answer["state"], value != .null
            else {
                self.init(failure: "the response has no state, which a tumbling window needs", response)
                return
            }
            guard case .object = value else {
                self.init(failure: "the response's state is no object, which a tumbling window needs", response)
                return
            }
            var writer = JSONWriter()
            writer.value(value)
            state = writer.bytes
            if reportsItemFailures { failures = ItemFailures(answer) }
        } else if reportsItemFailures {
            failures = ItemFailures(parsing: response.body)
        }
        switch failures {
        case .none: self.init(result: .succeeded, state: state)
        case .invalid(let reason): self.init(failure: reason, response)
        case .identifiers(let texts):
            guard let lowest = Self.lowest(of: texts, in: records) else {
                self.init(failure: "the response names a record that was not in the batch", response)
                return
            }
            // The first one failed: nothing is done.
            guard lowest > 0 else {
                self.init(failure: "the function reported the first record as failed", response)
                return
            }
            self.init(result: .failedFrom(lowest, response), state: state)
        }
    }

    private init(result: AttemptResult, state: [UInt8]?) {
        self.result = result
        self.state = state
    }

    private init(failure reason: String, _ response: FunctionResponse) {
        self.init(result: .failed(reason: reason, response), state: nil)
    }

    /// The place of the record with the lowest number of those named; nil if one of them is none of the records.
    private static func lowest(of texts: [String], in records: [StreamRecord]) -> Int? {
        let named = Set(texts)
        var missing = named
        var lowest: Int?
        for (place, record) in records.enumerated() {
            let text = record.sequenceNumber.text
            guard named.contains(text) else { continue }
            missing.remove(text)
            // Records are in order, but a page that came twice begins anew.
            if let known = lowest, records[known].sequenceNumber <= record.sequenceNumber { continue }
            lowest = place
        }
        return missing.isEmpty ? lowest : nil
    }
}
