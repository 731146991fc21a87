// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DashboardRuntime
import DynamoDBModel
import Testing

struct FramePacerTests {
    private let start = Timestamp(seconds: 1000)

    private func at(_ milliseconds: Int64) -> Timestamp {
        self.start.advanced(by: .milliseconds(milliseconds))
    }

    private func drawn(framesPerSecond: Double = 4) -> FramePacer {
        var pacer = FramePacer(framesPerSecond: framesPerSecond)
        pacer.drawn(start: self.start, end: self.start)
        return pacer
    }

    @Test
    func theFirstPictureIsDueAtOnce() {
        #expect(FramePacer(framesPerSecond: 4).wait(now: self.start) == .zero)
    }

    @Test
    func withNothingToShowThereIsNoTimedWakeUp() {
        #expect(self.drawn().wait(now: self.at(10)) == nil)
        #expect(self.drawn().wait(now: self.at(1_000_000)) == nil)
    }

    @Test
    func dataWaitsForTheNextTurnOfTheRate() {
        var pacer = self.drawn()
        pacer.dataArrived()
        #expect(pacer.wait(now: self.at(100)) == .milliseconds(150))
        #expect(pacer.wait(now: self.at(250)) == .zero)
        #expect(pacer.wait(now: self.at(9_000)) == .zero)
    }

    @Test
    func aKeyDoesNotWait() {
        var pacer = self.drawn()
        pacer.dataArrived()
        pacer.inputArrived()
        #expect(pacer.wait(now: self.at(1)) == .zero)
    }

    @Test
    func aNewSizeIsDrawnAfterAQuietMoment() {
        var pacer = self.drawn()
        pacer.resized(now: self.at(0))
        pacer.inputArrived()
        #expect(pacer.wait(now: self.at(0)) == .milliseconds(50))
        pacer.resized(now: self.at(40))
        #expect(pacer.wait(now: self.at(60)) == .milliseconds(30))
        #expect(pacer.wait(now: self.at(90)) == .zero)
    }

    @Test
    func sizesThatKeepChangingAreDrawnAllTheSame() {
        var pacer = self.drawn()
        for time in stride(from: Int64(0), to: 250, by: 10) {
            pacer.resized(now: self.at(time))
            #expect(pacer.wait(now: self.at(time)) != .zero)
        }
        #expect(pacer.wait(now: self.at(250)) == .zero)
    }

    @Test
    func aSlowLineHalvesTheRateUntilItIsFastAgain() {
        var pacer = FramePacer(framesPerSecond: 4)
        pacer.drawn(start: self.at(0), end: self.at(300))
        #expect(pacer.isLinkSlow)
        pacer.dataArrived()
        #expect(pacer.wait(now: self.at(300)) == .milliseconds(500))
        pacer.drawn(start: self.at(800), end: self.at(820))
        #expect(!pacer.isLinkSlow)
        pacer.dataArrived()
        #expect(pacer.wait(now: self.at(820)) == .milliseconds(250))
    }

    @Test
    func aClockThatIsSetBackDoesNotStopThePicture() {
        var pacer = self.drawn()
        pacer.dataArrived()
        #expect(pacer.wait(now: self.at(-60_000)) == .zero)
    }

    @Test(arguments: [(0.0, 1000), (1, 1000), (2, 500), (30, 33), (500, 33)])
    func theRateIsKeptWithinItsRange(framesPerSecond: Double, milliseconds: Int) throws {
        var pacer = self.drawn(framesPerSecond: framesPerSecond)
        pacer.dataArrived()
        let wait = try #require(pacer.wait(now: self.at(0)))
        #expect(Int(wait.wholeMilliseconds) == milliseconds)
    }
}
