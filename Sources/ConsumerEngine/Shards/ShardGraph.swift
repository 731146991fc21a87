// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

/// Decides which shards are read, from where, and after which others.
///
/// Parents are read to their end before their children. A shard that descends from one that was ever worked on begins
/// at its oldest record; the configured starting position is only for shards that are there at the first start.
package struct ShardGraph: Sendable {
    private enum Progress: Hashable, Sendable {
        case waiting
        case open
        case finished
    }

    private struct Node: Sendable {
        var description: ShardDescription
        var start: ShardPosition
        var progress: Progress
    }

    private let startingPosition: StartingPosition
    private let stored: [ShardID: CheckpointPosition]
    private var nodes: [ShardID: Node] = [:]
    private var parentsWithChild: Set<ShardID> = []
    private var wasListed = false
    private var unread: [DataLoss] = []

    /// Creates a graph that knows what earlier runs have left.
    ///
    /// - Parameters:
    ///   - startingPosition: Where shards begin that nobody worked on and that descend from no such shard.
    ///   - stored: Positions of earlier runs, of all shards that they have taken.
    package init(startingPosition: StartingPosition, stored: [ShardID: CheckpointPosition] = [:]) {
        self.startingPosition = startingPosition
        self.stored = stored
    }

    /// Takes in a complete list of shards, which may contradict itself and the list before.
    ///
    /// Shards that are missing from it stay known: a page may have been read too early.
    ///
    /// - Returns: The shards that are listed for the first time or were closed since, in order of their names.
    package mutating func merge(_ list: [ShardDescription]) -> [ShardDescription] {
        var changes: [ShardDescription] = []
        var closed: [ShardDescription] = []
        for shard in list {
            if let parent = shard.parent, parent != shard.id { self.parentsWithChild.insert(parent) }
            if let known = self.nodes[shard.id] {
                guard !known.description.isClosed, shard.isClosed else { continue }
                self.nodes[shard.id]?.description = shard
                closed.append(shard)
            } else {
                // The start is found below, when all of the list is known.
                self.nodes[shard.id] = Node(description: shard, start: .trimHorizon, progress: .waiting)
                changes.append(shard)
            }
        }
        if !self.wasListed { changes += self.addUnlisted() }
        for shard in changes { self.decideStart(of: shard) }
        if !self.wasListed { self.findUnread(among: changes) }
        self.wasListed = true
        return (changes + closed).sorted { $0.id < $1.id }
    }

    /// Shards that came and went between two runs; each is told once.
    package mutating func takeUnread() -> [DataLoss] {
        defer { self.unread = [] }
        return self.unread
    }

    /// The shards that can be opened now, the oldest first.
    package var readable: [ShardID] {
        self.nodes.values
            .filter { $0.progress == .waiting && self.isFinished(parentOf: $0.description) }
            .map(\.description)
            .sorted { ($0.range.start, $0.id) < ($1.range.start, $1.id) }
            .map(\.id)
    }

    /// Where reading of a listed shard begins if it is not done.
    package func start(of shard: ShardID) -> ShardPosition {
        self.nodes[shard]?.start ?? .trimHorizon
    }

    /// A shard as it was last listed.
    package func description(of shard: ShardID) -> ShardDescription? {
        self.nodes[shard]?.description
    }

    /// Whether the service takes no more records for the shard: a parent of another one is closed whatever the list
    /// says of it.
    package func isClosed(_ shard: ShardID) -> Bool {
        self.nodes[shard].map { $0.description.isClosed || self.parentsWithChild.contains(shard) } ?? true
    }

    /// Somebody works on the shard now.
    package mutating func opened(_ shard: ShardID) {
        self.nodes[shard]?.progress = .open
    }

    /// Nobody works on the shard any more, and it is not done.
    package mutating func gaveBack(_ shard: ShardID) {
        guard self.nodes[shard]?.progress == .open else { return }
        self.nodes[shard]?.progress = .waiting
    }

    /// The shard is read and handled to its end, or gone.
    package mutating func finished(_ shard: ShardID) {
        self.nodes[shard]?.progress = .finished
    }

    /// Whether no shard was ever listed.
    package var isEmpty: Bool { self.nodes.isEmpty }

    /// Whether nothing is left to read in what is listed.
    package var isFinished: Bool {
        self.nodes.values.allSatisfy { $0.progress == .finished }
    }

    /// Whether a shard has ended without a child so far: its child may be listed some seconds later.
    package var expectsChildren: Bool {
        self.nodes.contains { $0.value.progress == .finished && !self.parentsWithChild.contains($0.key) }
    }

    /// Whether the shard is known to be done.
    package func isFinished(_ shard: ShardID) -> Bool {
        self.nodes[shard].map { $0.progress == .finished } ?? true
    }

    // A parent that is not listed was trimmed and counts as finished.
    private func isFinished(parentOf shard: ShardDescription) -> Bool {
        guard let parent = shard.parent, parent != shard.id else { return true }
        return self.isFinished(parent)
    }

    /// Positions of shards that are no longer listed: they are asked for all the same, and vanish loudly if they are
    /// gone.
    private mutating func addUnlisted() -> [ShardDescription] {
        var changes: [ShardDescription] = []
        for (shard, position) in self.stored where self.nodes[shard] == nil {
            // Where it began is not known any more.
            let number: SequenceNumber? =
                switch position {
                case .shardEnd: nil
                case .sequenceNumber(let number), .before(let number), .trimmed(let number, _): number
                case .trimHorizon, .startedAt: SequenceNumber("0")
                }
            guard let start = number else { continue }
            let description = ShardDescription(id: shard, range: SequenceRange(start: start))
            self.nodes[shard] = Node(description: description, start: .trimHorizon, progress: .waiting)
            changes.append(description)
        }
        return changes
    }

    /// A shard that nobody has begun continues one that an earlier run has begun, however far back: if its parent is not even
    /// listed any more, nobody has read that one.
    private mutating func findUnread(among shards: [ShardDescription]) {
        guard !self.stored.isEmpty else { return }
        var seen: Set<ShardID> = []
        // What was passed over at the first start is not read, and nor is what came before it.
        for shard in shards where self.stored[shard.id] == nil && self.nodes[shard.id]?.progress != .finished {
            guard let parent = shard.parent, parent != shard.id, self.nodes[parent] == nil, self.stored[parent] == nil,
                seen.insert(parent).inserted
            else { continue }
            self.unread.append(
                DataLoss(
                    shard: parent,
                    after: nil,
                    reason:
                        "the shard came and went between two runs, and \(shard.id) continues it: what it held, if it held "
                        + "something, is lost"
                )
            )
        }
    }

    private mutating func decideStart(of shard: ShardDescription) {
        switch self.stored[shard.id] {
        case .shardEnd: self.nodes[shard.id]?.progress = .finished
        case .sequenceNumber(let number): self.nodes[shard.id]?.start = .after(number)
        case .before(let number): self.nodes[shard.id]?.start = .at(number)
        case .trimHorizon, .startedAt, .trimmed: break  // At its oldest record: nothing of it is handled yet.
        case nil: self.decideFirstStart(of: shard)
        }
    }

    private mutating func decideFirstStart(of shard: ShardDescription) {
        if self.hasAcquiredAncestor(shard) { return }
        if self.isAncestorOfBegun(shard.id) {
            // Reading began behind it.
            self.nodes[shard.id]?.progress = .finished
            return
        }
        if self.startingPosition == .trimHorizon { return }
        // Later lists hold what came into being since; a run that is not the first finds such shards at its start.
        guard !self.wasListed, self.stored.isEmpty else { return }
        if self.isClosed(shard.id) {
            self.nodes[shard.id]?.progress = .finished
        } else {
            self.nodes[shard.id]?.start = .latest
        }
    }

    private func hasAcquiredAncestor(_ shard: ShardDescription) -> Bool {
        var seen: Set<ShardID> = [shard.id]
        var next = shard.parent
        while let parent = next, seen.insert(parent).inserted {
            if self.stored[parent] != nil { return true }
            if self.wasListed, self.nodes[parent] != nil { return true }
            next = self.nodes[parent]?.description.parent
        }
        return false
    }

    private func isAncestorOfBegun(_ shard: ShardID) -> Bool {
        let begun = self.nodes.values.filter {
            self.stored[$0.description.id] != nil
                || (self.wasListed && self.startingPosition == .latest && $0.progress == .open)
        }
        for node in begun {
            var seen: Set<ShardID> = [node.description.id]
            var next = node.description.parent
            while let parent = next, seen.insert(parent).inserted {
                if parent == shard { return true }
                next = self.nodes[parent]?.description.parent
            }
        }
        return false
    }
}
