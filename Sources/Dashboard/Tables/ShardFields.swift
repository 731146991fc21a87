// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
package import StreamSession
package import TerminalCells

/// What the Shards table says of one shard.
package struct ShardFields: Sendable {
    /// Seconds over which a shard's rates are taken.
    static let rateSeconds = 10

    var shard: ShardState
    /// Its state in the words of an event source mapping.
    var mappingState: MappingState
    /// How far it is behind; nil while unknown.
    var lag: Lag?
    /// Generations above it that are still listed.
    var depth: Int
    /// Whether throttling slows the handler down.
    var isSlowed = false
    var now: Timestamp?
    var startedAt: Timestamp?
    var glyphs = GlyphSet.unicode

    /// The field of a column.
    func field(_ column: String) -> Field {
        switch column {
        case "shard":
            Field(
                before: self.indentation,
                shard: self.shard.description.id,
                self.isOver ? Roles.dim : Roles.text,
                ellipsis: self.glyphs.ellipsis
            )
        case "state": self.state
        case "lag": self.isOver ? Field("") : self.lagField
        case "records": self.rate { Double($0.records) }
        case "deletes": self.rate { Double($0.deletes) }
        case "capacity": self.rate(Figures.capacity) { $0.writeCapacityUnits }
        case "batch": Field(Figures.count(self.shard.lastBatchSize), figure: self.shard.lastBatchSize.map(Double.init))
        case "age": Field(Figures.duration(self.age), figure: self.age?.inSeconds)
        case "checkpoint": self.checkpoint
        case "iterator":
            Field(Figures.duration(self.shard.iteratorAge), figure: self.shard.iteratorAge?.inSeconds)
        case "result": Field(self.shard.lastResult.word, self.shard.lastResult == .failed ? Roles.error : Roles.dim)
        case "mapping": Field(self.mappingState.rawValue, Roles.dim)
        default: Field("")
        }
    }

    /// What shows its place in its family.
    private var indentation: String {
        self.depth == 0 ? "" : String(repeating: " ", count: min(self.depth, 4) - 1) + self.glyphs.bottomLeft
    }

    /// Whether nothing more will come from it.
    var isOver: Bool {
        switch self.shard.activity {
        case .finished, .vanished: true
        default: false
        }
    }

    /// The word for what a shard's reader does, and its role.
    package static func word(_ activity: ShardActivity) -> (text: String, role: StyleRole) {
        switch activity {
        case .waiting: ("waiting", Roles.stateWaiting)
        case .reading: ("open", Roles.stateOpen)
        case .draining: ("draining", Roles.stateDraining)
        case .backingOff: ("retrying", Roles.stateBackoff)
        case .held: ("held", Roles.stateHeld)
        case .finished: ("closed", Roles.stateClosed)
        case .vanished: ("lost", Roles.stateError)
        case .stopped: ("stopped", Roles.stateError)
        }
    }

    private var state: Field {
        // What reads as if all were well would hide that its batches wait for the table.
        let isWaiting = self.isSlowed && self.shard.handlingCount > 0
        switch self.shard.activity {
        case .reading where isWaiting, .draining where isWaiting:
            return Field("slowed", Roles.stateBackoff, sign: Roles.stateBackoff)
        default:
            let (word, role) = Self.word(self.shard.activity)
            return Field(word, role, sign: role)
        }
    }

    private var lagField: Field {
        Field(
            Figures.lag(self.lag),
            figure: self.lag?.duration.inSeconds,
            self.lag.map { $0.duration >= .seconds(60) } == true ? Roles.warn : Roles.text
        )
    }

    private func rate(_ format: (Double?) -> String = Figures.rate, _ value: (SecondSample) -> Double) -> Field {
        guard !self.isOver, let now = self.now else { return Field("") }
        let second = now.milliseconds / 1000
        let begin = max(self.startedAt.map { $0.milliseconds / 1000 } ?? second, second - Int64(Self.rateSeconds))
        // The running second counts once it is over.
        guard second > begin else { return Field(Figures.unknown, figure: nil) }
        let sum = self.shard.recentSeconds.reduce(0) { sum, sample in
            sample.second >= begin && sample.second < second ? sum + value(sample) : sum
        }
        let rate = sum / Double(second - begin)
        return Field(format(rate), figure: rate)
    }

    /// The shard's age: by the time in its name where that makes sense, else since it was first seen.
    private var age: Duration? {
        guard let now = self.now else { return nil }
        let digits = self.shard.description.id.text.drop { !$0.isNumber }.prefix { $0.isNumber }
        if digits.count == 20, let milliseconds = Int64(digits), milliseconds > 1_300_000_000_000,
            milliseconds <= now.milliseconds
        {
            return now.since(Timestamp(milliseconds: milliseconds))
        }
        return now.since(self.shard.firstSeenAt)
    }

    private var checkpoint: Field {
        switch self.shard.checkpoint {
        case nil, .trimHorizon, .startedAt, .before, .trimmed: Field(Figures.unknown, Roles.dim)
        case .shardEnd: Field("done", Roles.dim)
        case .sequenceNumber(let number): Field(number.text, Roles.dim)
        }
    }
}

extension SessionState {
    /// Places of the shards in the order of their families: a parent before its children, each with its depth.
    var shardFamilies: [(index: Int, depth: Int)] {
        var places: [ShardID: Int] = [:]
        for (index, shard) in self.shards.enumerated() { places[shard.description.id] = index }
        var children: [Int: [Int]] = [:]
        var roots: [Int] = []
        for (index, shard) in self.shards.enumerated() {
            if let parent = shard.description.parent.flatMap({ places[$0] }), parent != index {
                children[parent, default: []].append(index)
            } else {
                roots.append(index)
            }
        }
        var order: [(index: Int, depth: Int)] = []
        var isListed = Array(repeating: false, count: self.shards.count)
        var stack = roots.reversed().map { (index: $0, depth: 0) }
        while let next = stack.popLast() {
            guard !isListed[next.index] else { continue }
            isListed[next.index] = true
            order.append(next)
            stack += (children[next.index] ?? []).reversed().map { (index: $0, depth: next.depth + 1) }
        }
        // A service that says two shards are each other's parents must not hide them.
        for index in self.shards.indices where !isListed[index] { order.append((index, 0)) }
        return order
    }
}
