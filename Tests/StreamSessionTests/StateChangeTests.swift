// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import Testing

@Suite("Changes of state are told")
struct StateChangeTests {
    private static let shard = Samples.shard

    /// A session that is told each change as an engine tells it.
    private struct Told {
        var state = SessionState()
        var changes: [String] = []
        private var sequence: UInt64 = 0

        mutating func tell(_ kinds: SessionEvent.Kind...) {
            for kind in kinds {
                if case .ended = kind { for change in self.state.stateChangesOfEnd { self.apply(change) } }
                self.apply(kind)
                for change in self.state.stateChanges(after: kind) { self.apply(change) }
            }
        }

        private mutating func apply(_ change: StateChange) {
            let name = change.shard == nil ? "session" : "shard"
            self.changes.append("\(name) \(change.from?.rawValue ?? "-") \(change.to.rawValue)")
            self.apply(.stateChanged(change))
        }

        private mutating func apply(_ kind: SessionEvent.Kind) {
            self.sequence += 1
            self.state.apply(SessionEvent(sequence: self.sequence, at: Samples.at(Int64(self.sequence)), kind: kind))
        }

        mutating func takeChanges() -> [String] {
            defer { self.changes = [] }
            return self.changes
        }

        /// Whether what was told is how it is.
        var isTrue: Bool {
            self.state.toldState == self.state.mappingState
                && self.state.shards.allSatisfy { $0.toldState == self.state.mappingState(of: $0) }
        }

        var lines: [String] { self.state.log.filter { $0.code == "state" }.map(\.message) }
    }

    @Test func eachChangeOfTheWholeAndOfAShardIsToldOnce() {
        var told = Told()
        told.tell(.started(Samples.description), Samples.listed(), .streamChanged(.enabled))
        #expect(told.takeChanges() == ["session - Creating", "shard - Creating", "session Creating Enabled"])
        told.tell(.shardChanged(Self.shard, .reading), Samples.read(5), Samples.batch(1, 0..<5))
        #expect(told.takeChanges() == ["shard Creating Enabled"])
        told.tell(.hold(.held), .shardChanged(Self.shard, .held))
        #expect(told.takeChanges() == ["session Enabled Disabling", "shard Enabled Disabling"])
        #expect(told.isTrue)
        told.tell(Samples.finished(1, records: 5))
        #expect(told.takeChanges() == ["session Disabling Disabled", "shard Disabling Disabled"])
        told.tell(.hold(.resumed), .shardChanged(Self.shard, .reading), Samples.read(0))
        #expect(
            told.takeChanges() == [
                "session Disabled Enabling", "shard Disabled Enabling", "session Enabling Enabled",
                "shard Enabling Enabled",
            ]
        )
        told.tell(.ended("stopped"))
        #expect(told.takeChanges() == ["session Enabled Disabled", "shard Enabled Disabled"])
        #expect(told.isTrue)
    }

    @Test func whatWasReadBeforeAHoldGoesOnBeforeAnythingIsRead() {
        var told = Told()
        told.tell(.started(Samples.description), Samples.listed(), .streamChanged(.enabled))
        told.tell(.shardChanged(Self.shard, .reading), Samples.read(9), .hold(.held), .shardChanged(Self.shard, .held))
        told.tell(.hold(.resumed), .shardChanged(Self.shard, .reading))
        _ = told.takeChanges()
        told.tell(Samples.batch(1, 0..<5))
        #expect(told.takeChanges() == ["session Enabling Enabled", "shard Enabling Enabled"])
        // A step hands out a batch, too, and nothing else goes on.
        told.tell(.hold(.held), .shardChanged(Self.shard, .held), Samples.batch(2, 5..<6))
        #expect(told.state.mappingState == .disabling && told.isTrue)
    }

    @Test func aSessionThatEndsIsDisablingUntilItsHandlersAreDone() {
        var told = Told()
        told.tell(.started(Samples.description), Samples.listed(), .streamChanged(.enabled))
        told.tell(.shardChanged(Self.shard, .reading), Samples.read(5), Samples.batch(1, 0..<5))
        told.tell(.stateChanged(StateChange(from: .enabled, to: .disabling)))
        told.tell(.stateChanged(StateChange(shard: Self.shard, from: .enabled, to: .disabling)))
        #expect(told.state.mappingState == .disabling && told.isTrue)
        _ = told.takeChanges()
        told.tell(Samples.finished(1, records: 5), .ended("stopped"))
        #expect(told.takeChanges() == ["session Disabling Disabled", "shard Disabling Disabled"])
    }

    /// What a thousand shards do because the session does it must not fill the log.
    @Test func theLogTellsOfTheWholeAlone() {
        var told = Told()
        told.tell(.started(Samples.description), Samples.listed(), .streamChanged(.enabled))
        told.tell(.shardChanged(Self.shard, .reading), Samples.read(1), .hold(.held), .shardChanged(Self.shard, .held))
        #expect(told.lines == ["Enabled, was Creating", "Disabled, was Enabled"])
        told.tell(.hold(.resumed), .shardChanged(Self.shard, .reading), Samples.read(0))
        told.tell(.shardChanged(Self.shard, .finished))
        #expect(told.lines.suffix(2) == ["Enabling, was Disabled", "Enabled, was Enabling"])
        #expect(told.state.log.filter { $0.code == "state" }.allSatisfy { $0.shard == nil })
    }
}
