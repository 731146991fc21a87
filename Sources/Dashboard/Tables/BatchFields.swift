// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TerminalCells

/// What the Batches table says of one batch.
struct BatchFields: Sendable {
    var batch: BatchState
    /// Records that a batch may have at most; nil: not known.
    var limit: Int?
    /// Whether throttling slows the handler down.
    var isSlowed = false
    var glyphs: GlyphSet

    /// The field of a column.
    func field(_ column: String) -> Field {
        let description = self.batch.description
        switch column {
        case "batch": return Field(String(description.id.number), figure: Double(description.id.number), Roles.strong)
        case "at": return Field(Figures.clock(self.batch.formedAt), Roles.dim)
        case "shard": return Field(shard: description.shard, Roles.dim, ellipsis: self.glyphs.ellipsis)
        case "records": return Field(Figures.count(self.recordCount), figure: Double(self.recordCount))
        case "size":
            // A batch without records has no size.
            let size = self.recordCount == 0 ? nil : self.batch.size
            return Field(Figures.bytes(size), figure: size.map { Double($0.bytes) })
        case "attempts":
            let role = self.batch.attempts > 1 ? Roles.warn : Roles.text
            return Field(String(self.batch.attempts), figure: Double(self.batch.attempts), role)
        case "time":
            let time = self.batch.outcome?.handlerTime
            // The engine's clock has milliseconds.
            return time == .zero ? Field("<1ms", figure: 0) : Field(Figures.duration(time), figure: time?.inSeconds)
        case "requests":
            let requests = self.work.map { $0.requests.values.reduce(0, +) }
            return Field(Figures.count(requests), figure: requests.map(Double.init))
        case "capacity":
            let capacity = self.work?.writeCapacityUnits
            return Field(Figures.capacity(capacity), figure: capacity)
        case "fill": return self.fill
        case "wait":
            // From its first record on; a batch without records has not waited for any.
            let wait = self.recordCount == 0 ? nil : self.batch.formedAt.since(description.firstReadAt)
            return wait == .zero ? Field("0", figure: 0) : Field(Figures.duration(wait), figure: wait?.inSeconds)
        case "closed": return Field(description.reason.word, Roles.dim)
        case "result": return self.result
        default: return Field("")
        }
    }

    /// The number of records; known even when the records themselves were let go.
    private var recordCount: Int { self.batch.outcome?.records ?? self.batch.recordCount }

    /// What was done for it; nil while nothing is known of that.
    private var work: HandlerWork? {
        self.batch.outcome == nil && self.batch.work == HandlerWork() ? nil : self.batch.work
    }

    /// Records as a share of what would fit.
    private var fill: Field {
        guard let limit, limit > 0, self.recordCount > 0 else { return Field(Figures.unknown, figure: nil) }
        // One record of many is not none, and all but one is not full.
        let share = Double(self.recordCount) / Double(limit)
        let percent = self.recordCount >= limit ? 100 : min(99, max(1, Int((share * 100).rounded())))
        return Field("\(percent)%", figure: Double(percent))
    }

    private var result: Field {
        switch self.batch.outcome?.result {
        case .succeeded: Field("ok", Roles.good)
        case .discarded:
            Field(self.batch.outcome?.discarded == self.recordCount ? "given up" : "partial", Roles.error)
        case .abandoned: Field("undone", Roles.error)
        case nil where self.batch.attempts > 1: Field("retrying", Roles.stateBackoff)
        case nil: self.isSlowed ? Field("slowed", Roles.stateBackoff) : Field("running", Roles.stateWaiting)
        }
    }
}

extension BatchCloseReason {
    /// A word for people.
    var word: String {
        switch self {
        case .full: "full"
        case .window: "window"
        case .bytes: "6 MB"
        case .tumblingWindow: "tumble"
        case .shardEnd: "end"
        case .step: "step"
        case .drain: "drain"
        }
    }
}
