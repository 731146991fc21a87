// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Records of a session that somebody had sent to a handler once more, and what came of it.
///
/// No position moves by it, and no sum of the session: it is one more delivery beside the stream's.
public struct SessionReplay: Hashable, Sendable, Codable {
    /// The batches that carried the records, the first formed first.
    public var batches: [BatchID]
    /// Records that were to be sent.
    public var records: Int
    /// Of these, records that were handled.
    public var handled: Int
    /// Who got them, for people: `delete from Staging (batch)`.
    public var handler: String
    /// The region of the target, as far as it is known.
    public var region: String?
    /// The endpoint of the target; nil: the service's own, or none.
    public var endpoint: String?
    /// How long it took.
    public var duration: Duration
    /// What the handler did.
    public var work: HandlerWork
    /// Why not all of them were handled; nil: they were.
    public var failure: String?

    /// Creates a report.
    public init(
        batches: [BatchID],
        records: Int,
        handled: Int,
        handler: String,
        region: String? = nil,
        endpoint: String? = nil,
        duration: Duration,
        work: HandlerWork = HandlerWork(),
        failure: String? = nil
    ) {
        self.batches = batches
        self.records = records
        self.handled = handled
        self.handler = handler
        self.region = region
        self.endpoint = endpoint
        self.duration = duration
        self.work = work
        self.failure = failure
    }

    /// What came of it in a sentence, for people.
    public var text: String {
        let source =
            switch self.batches.count {
            case 1: "batch \(self.batches[0].number)"
            case 2...8: "batches \(self.batches.map { "\($0.number)" }.joined(separator: ", "))"
            default: "\(self.batches.count) batches"
            }
        let count = self.handled == self.records ? "\(self.records)" : "\(self.handled) of \(self.records)"
        let word = self.records == 1 ? "record" : "records"
        let text = "sent again: \(count) \(word) of \(source) handled by \(self.handler)"
        return text + (self.failure.map { "; \($0)" } ?? "")
    }
}
