// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
public import StreamSession

/// Plays a recording: a source of a session whose time can be moved.
///
/// It reads one file and does nothing else: nothing is sent anywhere, no position is stored. Every picture of it is a whole
/// state, so whoever looks on may miss some, and at any speed sees states that the session had.
public actor SessionPlayer: SessionSource {
    /// What there is to see: whole states, the newest one alone if they come faster than they are taken.
    public typealias Frames = AsyncStream<SessionFrame>

    private static let tick = Duration.milliseconds(50)
    private static let rest = Duration.milliseconds(200)
    /// Time in which nothing happens is passed if it is longer.
    private static let idle = Duration.seconds(2)

    /// It can be moved through, and nothing else.
    public nonisolated let capabilities: SessionCapabilities = [.play]

    private var reader: RecordingReader
    private let clock: any SessionClock
    /// What the session is about, which its own first event tells a moment after the file begins.
    private var opening: SessionDescription?
    private var position: PlaybackPosition
    private var status: PlaybackStatus
    private var viewers: [Int: Frames.Continuation] = [:]
    private var nextViewer = 0
    private var isDamaged = false

    /// Opens a recording, standing still at its beginning.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - clock: Tells how much time goes by.
    /// - Throws: ``RecordingError``; also `damaged` if there is no moment that could be shown.
    public init(path: String, clock: any SessionClock) throws(RecordingError) {
        try self.init(reader: RecordingReader(path: path), clock: clock)
    }

    /// Plays what a reader reads.
    public init(reader: RecordingReader, clock: any SessionClock) throws(RecordingError) {
        self.reader = reader
        self.clock = clock
        self.position = PlaybackPosition(reader: reader)
        let extent = try reader.extent()
        guard let first = extent.first, let last = extent.last else {
            throw RecordingError(.damaged, "The recording \(reader.path) holds no moment that could be shown.")
        }
        self.status = PlaybackStatus(at: first, first: first, last: max(first, last))
        self.status.isFollowing = !extent.isSealed && !extent.isDamaged
        self.isDamaged = extent.isDamaged
        self.opening = try reader.opening()
        self.status.marks = TimelineMarks.marks(try reader.marks(), end: max(first, last))
        try self.position.seek(to: first)
    }

    /// The states from now on; the first is there at once.
    public nonisolated func frames() -> Frames {
        let (frames, continuation) = Frames.makeStream(bufferingPolicy: .bufferingNewest(1))
        Task { await self.add(continuation) }
        return frames
    }

    /// What is shown.
    public var state: SessionState {
        var state = self.position.state
        state.description = state.description ?? self.opening
        var status = self.status
        status.record = self.position.record
        state.playback = status
        return state
    }

    /// Whether something of the file could not be read, as far as it was looked at.
    public var hasMetDamage: Bool { self.isDamaged || self.position.hasMetDamage }

    /// Moves with time until it is cancelled.
    public func run() async {
        var before = self.clock.now
        while (try? await self.clock.sleep(for: self.status.isPlaying ? Self.tick : Self.rest)) != nil {
            let now = self.clock.now
            self.advance(by: now.since(before))
            before = now
        }
        for viewer in self.viewers.values { viewer.finish() }
    }

    /// Does what a viewer asks for.
    ///
    /// - Throws: `SessionCommandError` for what only a running session can do.
    public func perform(_ command: SessionCommand) async throws {
        guard case .playback(let playback) = command else {
            throw SessionCommandError("This session is a recording: it can be moved through, and nothing else.")
        }
        self.status.message = nil
        self.status.hasSkipped = false
        do throws(RecordingError) {
            try self.perform(playback)
        } catch {
            self.status.isPlaying = false
            self.status.message = error.description
        }
        self.publish()
    }

    /// Lets so much time go by.
    func advance(by elapsed: Duration) {
        do throws(RecordingError) {
            if self.status.isFollowing { try self.look() }
            guard self.status.isPlaying, elapsed > .zero else { return }
            try self.play(elapsed * self.status.speed)
        } catch {
            self.status.isPlaying = false
            self.status.message = error.description
        }
        self.publish()
    }

    // MARK: Commands

    private func perform(_ command: PlaybackCommand) throws(RecordingError) {
        switch command {
        case .toggle: try self.toggle()
        case .speed(let speed): self.status.speed = min(max(speed, 0.1), 64)
        case .faster: self.status.speed = PlaybackStatus.speeds.first { $0 > self.status.speed } ?? self.status.speed
        case .slower: self.status.speed = PlaybackStatus.speeds.last { $0 < self.status.speed } ?? self.status.speed
        case .stepRecord(let direction):
            try self.step(direction) { (position) throws(RecordingError) in
                try direction == .forward ? position.stepRecord() : position.stepRecordBack()
            }
        case .stepBatch(let direction):
            try self.step(direction) { (position) throws(RecordingError) in
                try direction == .forward ? position.stepBatch() : position.stepBatchBack()
            }
        case .move(let duration):
            if duration < .zero, self.status.at <= self.status.first, try self.turn(.backward) { return }
            if duration > .zero, self.status.at >= self.status.last, try self.turn(.forward) { return }
            try self.seek(self.status.at.advanced(by: duration))
        case .seekShare(let share):
            let length = Double(self.status.last.milliseconds - self.status.first.milliseconds)
            try self.seek(self.status.first.advanced(by: .milliseconds(Int64(length * min(max(share, 0), 1)))))
        case .seek(let time): try self.seek(time)
        case .seekOffset(let offset):
            try self.seek((offset < .zero ? self.status.last : self.status.first).advanced(by: offset))
        case .seekBatch(let batch): try self.seek(batch)
        case .seekRecord(let id): try self.seek(record: id)
        case .seekMarkerNamed(let name): try self.seekMarker(named: name)
        case .seekMarker(let direction): try self.seekMarker(direction)
        case .first: try self.seek(self.status.first)
        case .last: try self.seek(self.status.last)
        case .loop: self.setLoop()
        case .toggleIdle: self.status.skipsIdle.toggle()
        }
    }

    private func toggle() throws(RecordingError) {
        self.status.isPlaying.toggle()
        // At the end there is nothing to play but the next part, or the whole again.
        guard self.status.isPlaying, self.status.at >= self.status.last, !self.status.isFollowing,
            try !self.turn(.forward)
        else { return }
        try self.seek(self.status.first)
    }

    private func step(
        _ direction: PlaybackDirection,
        _ move: (inout PlaybackPosition) throws(RecordingError) -> Bool
    ) throws(RecordingError) {
        self.status.isPlaying = false
        if try !move(&self.position) {
            guard try self.turn(direction) else {
                self.status.message = "there is none further on this way"
                return
            }
            // A part begins with the state of the one before, and so with nothing that was not shown.
            if direction == .forward { _ = try move(&self.position) }
        }
        if let at = self.position.asOf { self.status.at = min(max(at, self.status.first), self.status.last) }
    }

    private func seek(_ time: Timestamp) throws(RecordingError) {
        let time = min(max(time, self.status.first), self.status.last)
        try self.position.seek(to: time)
        self.status.at = time
    }

    private func seek(_ batch: BatchID) throws(RecordingError) {
        guard let sequence = try self.reader.sequence(of: batch) else {
            self.status.message = "there is no batch \(batch.number) in this recording"
            return
        }
        try self.position.seek(toEvent: sequence)
        if let at = self.position.asOf { self.status.at = at }
    }

    private func seek(record id: String) throws(RecordingError) {
        guard let place = try self.reader.place(ofRecord: id) else {
            self.status.message = "there is no record \(id) in this recording"
            return
        }
        self.status.isPlaying = false
        try self.position.seek(toRecord: place.number, of: place.event)
        if let at = self.position.asOf { self.status.at = min(max(at, self.status.first), self.status.last) }
    }

    private func seekMarker(named name: String) throws(RecordingError) {
        let wanted = Self.compared(name)
        for mark in try self.reader.marks() {
            guard case .marker(let text) = mark.kind, Self.compared(text) == wanted else { continue }
            return try self.seek(mark.at)
        }
        self.status.message = "there is no marker of that name in this recording"
    }

    /// A name as it is compared: a person types it from memory.
    private static func compared(_ name: String) -> String { name.filter { !$0.isWhitespace }.lowercased() }

    private func seekMarker(_ direction: PlaybackDirection) throws(RecordingError) {
        let markers = self.status.marks.filter { $0.kind == .marker }
        let target =
            switch direction {
            case .forward: markers.first { $0.at > self.status.at }
            case .backward: markers.last { $0.at < self.status.at }
            }
        guard let target else {
            self.status.message = "there is no marker further on this way"
            return
        }
        try self.seek(target.at)
    }

    private func setLoop() {
        switch (self.status.loopStart, self.status.loopEnd) {
        case (nil, _): self.status.loopStart = self.status.at
        case (let start?, nil) where self.status.at > start: self.status.loopEnd = self.status.at
        default: (self.status.loopStart, self.status.loopEnd) = (nil, nil)
        }
    }

    // MARK: Time

    private func play(_ duration: Duration) throws(RecordingError) {
        self.status.hasSkipped = false
        var target = self.status.at.advanced(by: max(duration, .milliseconds(1)))
        if let start = self.status.loopStart, let end = self.status.loopEnd, target >= end {
            try self.seek(start)
            return
        }
        if self.status.skipsIdle, let next = try self.reader.nextHappening(after: self.position.state.lastSequence),
            next.since(self.status.at) > Self.idle
        {
            // A little before, so that what comes is seen to come.
            target = max(target, next.advanced(by: .milliseconds(-500)))
            self.status.hasSkipped = true
        }
        target = min(target, self.status.last)
        try self.position.advance(to: target)
        self.status.at = target
        if target >= self.status.last, !self.status.isFollowing, try !self.turn(.forward) {
            self.status.isPlaying = false
        }
    }

    /// Goes on in the next part of the recording, or at the end of the one before; false if there is none.
    private func turn(_ direction: PlaybackDirection) throws(RecordingError) -> Bool {
        guard let other = direction == .forward ? self.reader.nextPart() : self.reader.previousPart() else {
            return false
        }
        let extent = try other.extent()
        guard let first = extent.first, let last = extent.last else { return false }
        self.reader = other
        self.position = PlaybackPosition(reader: other)
        self.opening = try other.opening() ?? self.opening
        (self.status.first, self.status.last) = (first, max(first, last))
        (self.status.loopStart, self.status.loopEnd) = (nil, nil)
        self.status.isFollowing = !extent.isSealed
        self.status.marks = TimelineMarks.marks(try other.marks(), end: self.status.last)
        self.status.message = "part \(other.part.number): \(other.path)"
        try self.seek(direction == .forward ? self.status.first : self.status.last)
        return true
    }

    /// Looks whether more was written.
    private func look() throws(RecordingError) {
        let extent = try self.reader.extent()
        if let last = extent.last { self.status.last = max(self.status.last, last) }
        self.status.isFollowing = !extent.isSealed && !extent.isDamaged
        self.isDamaged = self.isDamaged || extent.isDamaged
        self.status.marks = TimelineMarks.marks(try self.reader.marks(), end: self.status.last)
    }

    private func publish() {
        guard !self.viewers.isEmpty else { return }
        let frame = SessionFrame.keyframe(self.state)
        for viewer in self.viewers.values { viewer.yield(frame) }
    }

    private func add(_ viewer: Frames.Continuation) {
        let number = self.nextViewer
        self.nextViewer += 1
        self.viewers[number] = viewer
        viewer.onTermination = { [weak self] _ in
            Task { await self?.remove(number) }
        }
        viewer.yield(.keyframe(self.state))
    }

    private func remove(_ viewer: Int) {
        self.viewers[viewer] = nil
    }
}
