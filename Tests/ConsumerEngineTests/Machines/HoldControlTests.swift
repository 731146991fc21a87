// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

@Suite struct HoldControlTests {
    private let one = ScriptedService.shard(1)
    private let two = ScriptedService.shard(2)
    private let early = Timestamp(seconds: 100)
    private let late = Timestamp(seconds: 200)

    @Test func whatMakesNoSenseIsRefused() throws {
        var control = HoldControl(isHeld: false)
        #expect(throws: SessionCommandError.self) { try control.resume() }
        #expect(throws: SessionCommandError.self) { try control.begin(.batch, heads: [:], readable: [self.one]) }
        try control.hold()
        #expect(throws: SessionCommandError.self) { try control.hold() }
        _ = try control.begin(.batch, heads: [self.one: self.early], readable: [])
        #expect(throws: SessionCommandError.self) { try control.begin(.record, heads: [:], readable: []) }
        try control.resume()
        #expect(!control.isHeld)
    }

    @Test func aBatchStepTakesFromTheShardWithTheOldestWaitingRecord() throws {
        var control = HoldControl(isHeld: true)
        let heads = [self.one: self.late, self.two: self.early]
        #expect(try control.begin(.batch, heads: heads, readable: [ScriptedService.shard(3)]) == .granted(self.two))
        #expect(control.grant(for: self.two) == .batch)
        #expect(control.grant(for: self.one) == nil)
        control.passed()
        #expect(control.grant(for: self.two) == nil)
        #expect(control.isHeld)
    }

    @Test func aBatchStepReadsEveryShardOnceIfNothingWaits() throws {
        var control = HoldControl(isHeld: true)
        #expect(try control.begin(.batch, heads: [:], readable: [self.one, self.two]) == .reads([self.one, self.two]))
        #expect(control.wantsRead(of: self.one))
        #expect(control.answered(self.one, heads: [:]) == .unchanged)
        #expect(!control.wantsRead(of: self.one))
        #expect(control.answered(self.one, heads: [:]) == .unchanged)
        #expect(control.answered(self.two, heads: [self.one: self.late]) == .granted(self.one))
    }

    @Test func aRecordStepReadsTheShardsThatShowNothingBeforeItDecides() throws {
        var control = HoldControl(isHeld: true)
        #expect(try control.begin(.record, heads: [self.one: self.late], readable: [self.two]) == .reads([self.two]))
        let heads = [self.one: self.late, self.two: self.early]
        #expect(control.answered(self.two, heads: heads) == .granted(self.two))
    }

    @Test func aStepThatFindsNothingIsOver() throws {
        var control = HoldControl(isHeld: true)
        #expect(try control.begin(.record, heads: [:], readable: []) == .nothingWaits)
        #expect(try control.begin(.batch, heads: [:], readable: [self.one]) == .reads([self.one]))
        #expect(control.lost(self.one, heads: [:]) == .nothingWaits)
        #expect(control.isHeld)
    }

    @Test func aShardThatIsLostGivesItsGrantToTheNext() throws {
        var control = HoldControl(isHeld: true)
        _ = try control.begin(.record, heads: [self.one: self.early, self.two: self.late], readable: [])
        #expect(control.lost(self.one, heads: [self.two: self.late]) == .granted(self.two))
    }
}
