// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// Reads one shard to its end.
struct ReadingLoop: Sendable {
    let shard: ShardID
    let streamARN: StreamARN
    let eventNames: Set<ChangeKind>
    let filters: FilterCriteria
    /// How records are spread over lanes; nil: there is one.
    let keyLanes: KeyLanes?
    let api: any DynamoDBStreamsAPI
    let core: ConsumerCore
    let wakeup: Wakeup

    /// Runs until the shard has ended or the task is cancelled.
    func run() async throws {
        try await self.core.listening(to: self.shard) { try await self.read() }
    }

    private func read() async throws {
        let measure = LambdaEventSize(streamARN: self.streamARN)
        var filter = RecordFilter(self.filters, streamARN: self.streamARN)
        while true {
            try Task.checkCancellation()
            switch self.core.update({ machine, now in machine.nextRead(self.shard, now: now) }) {
            case .stop: return
            case .wait(let limit): try await self.wakeup.wait(atMost: limit, clock: self.core.clock)
            case .iterator(let position):
                do throws(DynamoDBError) {
                    let request = ShardIteratorRequest(arn: self.streamARN, shard: self.shard, position: position)
                    let iterator = try await self.api.shardIterator(request)
                    self.core.update { machine, now in machine.received(iterator, of: self.shard, now: now) }
                } catch {
                    try await self.recover(from: error)
                }
            case .records(let iterator, let limit):
                do throws(DynamoDBError) {
                    let began = self.core.clock.now
                    let page = try await self.api.records(at: iterator, limit: limit)
                    let since = self.core.update { machine, _ in machine.since(of: self.shard) }
                    let incoming = IncomingPage(
                        page,
                        eventNames: self.eventNames,
                        since: since,
                        filter: &filter,
                        measure: measure
                    )
                    let parts = self.keyLanes?.split(incoming.wanted) ?? []
                    self.core.update { machine, now in
                        machine.received(incoming, parts: parts, of: self.shard, duration: now.since(began), now: now)
                    }
                } catch {
                    try await self.recover(from: error)
                }
            }
        }
    }

    private func recover(from error: DynamoDBError) async throws {
        try Task.checkCancellation()
        switch self.core.update({ machine, now in machine.readFailed(error, of: self.shard, now: now) }) {
        case .goOn: return
        case .pause(let duration): try await self.core.clock.sleep(for: duration)
        case .fail(let error):
            self.core.update { machine, _ in machine.end(.failed(error)) }
            throw error
        }
    }
}
