// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import TestSupport
import Testing

@Suite struct TumblingWindowTests {
    private func window(_ seconds: Int) throws -> TumblingWindow {
        try #require(TumblingWindow(length: .seconds(seconds)))
    }

    private func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds) }

    @Test func aLengthOfZeroIsNoWindow() {
        #expect(TumblingWindow(length: .zero) == nil)
    }

    @Test(arguments: [(120, 1_714_978_830, 1_714_978_800), (60, 59, 0), (60, 60, 60), (900, 1799, 900), (7, -1, -7)])
    func windowsLieSideBySideFromTheEpochOn(_ length: Int, _ time: Int64, _ start: Int64) throws {
        var window = try self.window(length)
        #expect(window.end(for: self.at(time)) == self.at(start + Int64(length)))
        window.begin(oldest: self.at(time), newest: self.at(time))
        let invocation = try #require(window.invocation(isFinal: false))
        #expect(invocation.start == self.at(start))
        #expect(invocation.end == self.at(start + Int64(length)))
        #expect(invocation.state == Array("{}".utf8))
        #expect(!invocation.isFinal && !invocation.isTerminatedEarly)
    }

    @Test func theStateGoesFromInvocationToInvocationAndIsDroppedAfterTheLast() throws {
        var window = try self.window(60)
        window.begin(oldest: self.at(10), newest: self.at(20))
        window.returned(Array(#"{"n":1}"#.utf8))
        window.begin(oldest: self.at(30), newest: self.at(31))
        #expect(window.invocation(isFinal: false)?.state == Array(#"{"n":1}"#.utf8))
        let last = try #require(window.invocation(isFinal: true))
        #expect(last.isFinal && !last.isTerminatedEarly)
        #expect(last.state == Array(#"{"n":1}"#.utf8))
        window.close()
        #expect(!window.isOpen)
        #expect(window.invocation(isFinal: true) == nil)
        window.begin(oldest: self.at(61), newest: self.at(61))
        #expect(window.invocation(isFinal: false)?.state == Array("{}".utf8))
    }

    @Test func aWindowEndsWithARecordOfTheNextOneOrWithTheShard() throws {
        var window = try self.window(60)
        #expect(!window.isDue(head: self.at(500), hasEnded: true, readEmptyAt: self.at(900)))
        window.begin(oldest: self.at(10), newest: self.at(20))
        #expect(!window.isDue(head: self.at(59), hasEnded: false, readEmptyAt: nil))
        #expect(!window.isDue(head: self.at(59), hasEnded: true, readEmptyAt: nil))
        #expect(window.isDue(head: self.at(60), hasEnded: false, readEmptyAt: nil))
        #expect(window.isDue(head: nil, hasEnded: true, readEmptyAt: nil))
    }

    @Test func aWindowIsOnlyOverOnceAReadBehindItsEndHasBroughtNothing() throws {
        var window = try self.window(60)
        window.begin(oldest: self.at(10), newest: self.at(20))
        #expect(!window.isDue(head: nil, hasEnded: false, readEmptyAt: nil))
        #expect(!window.isDue(head: nil, hasEnded: false, readEmptyAt: self.at(60)))
        #expect(window.isDue(head: nil, hasEnded: false, readEmptyAt: self.at(61)))
    }

    @Test func aLateRecordJoinsTheWindowThatIsOpenOrTheNextOne() throws {
        var window = try self.window(60)
        window.begin(oldest: self.at(70), newest: self.at(80))
        #expect(window.end(for: self.at(10)) == self.at(120))
        window.begin(oldest: self.at(10), newest: self.at(10))
        #expect(window.newestCreatedAt == self.at(80))
        window.close()
        // Its own window has had its last invocation.
        #expect(window.end(for: self.at(90)) == self.at(180))
    }

    @Test func aStateThatIsTooLargeEndsTheWindowEarlyAndAFreshOneFollowsInTheSameTime() throws {
        var window = try self.window(60)
        window.begin(oldest: self.at(10), newest: self.at(20))
        let limit = ResponseReading.stateLimit
        window.returned(Array(repeating: UInt8(ascii: "1"), count: limit))
        #expect(!window.isDue(head: self.at(30), hasEnded: false, readEmptyAt: nil))
        window.returned(Array(repeating: UInt8(ascii: "1"), count: limit + 1))
        #expect(window.isDue(head: self.at(30), hasEnded: false, readEmptyAt: nil))
        let last = try #require(window.invocation(isFinal: true))
        #expect(last.isFinal && last.isTerminatedEarly)
        #expect(last.state.count == limit + 1)
        window.close()
        window.begin(oldest: self.at(30), newest: self.at(30))
        let next = try #require(window.invocation(isFinal: false))
        #expect((next.start, next.end) == (self.at(0), self.at(60)))
        #expect(next.state == Array("{}".utf8))
        #expect(!next.isTerminatedEarly)
    }
}
