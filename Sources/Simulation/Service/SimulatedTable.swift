// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession
import Synchronization

/// A staging table that holds the items of a session's records until they are deleted.
///
/// It answers as the service does: at most 25 writes a call, no key twice, a unit for each KB of a deleted item and one for a
/// delete of nothing. It takes as much as it gets: nothing is throttled. What nobody asks of it in a simulation, it refuses.
package final class SimulatedTable: DynamoDBTableAPI {
    private struct State: Sendable {
        var deleted: Set<RawItem> = []
        var latency: RequestLatency
        var second = Int64.min
        var unitsOfSecond = 0.0
        var mostUnits = 0.0
    }

    private let items: RecordedItems
    private let clock: any SessionClock
    private let state: Mutex<State>

    /// Creates a table.
    ///
    /// - Parameters:
    ///   - items: What is in it.
    ///   - latency: How long requests take.
    ///   - clock: The time of the simulation.
    package init(_ items: RecordedItems, latency: RequestLatency, clock: any SessionClock) {
        self.items = items
        self.clock = clock
        self.state = Mutex(State(latency: latency))
    }

    /// The most write units that were used in a second.
    package var mostUnitsPerSecond: Double {
        self.state.withLock { max($0.mostUnits, $0.unitsOfSecond) }
    }

    /// Deletes up to 25 items.
    package func batchWriteItem(
        _ request: BatchWriteItemRequest
    ) async throws(DynamoDBError) -> BatchWriteItemResult {
        guard request.requestItems.count == 1, let (table, writes) = request.requestItems.first else {
            throw DynamoDBError(.validation, "The batch write request list contains writes to no table, or to several")
        }
        guard (1...25).contains(writes.count) else {
            throw DynamoDBError(.validation, "\(writes.count) writes in one call: 1 to 25 are accepted")
        }
        var keys: [RawItem] = []
        keys.reserveCapacity(writes.count)
        for write in writes {
            guard case .deleteEncoded(let key) = write else { throw Self.refusal("a write other than a delete") }
            keys.append(key)
        }
        guard Set(keys).count == keys.count else {
            throw DynamoDBError(.validation, "Provided list of item keys contains duplicates")
        }
        let units = try await self.delete(keys)
        return BatchWriteItemResult(consumedCapacity: [ConsumedCapacity(tableName: table, capacityUnits: units)])
    }

    /// Deletes an item.
    package func deleteItem(_ request: DeleteItemRequest) async throws(DynamoDBError) -> ItemResult {
        guard let key = request.encodedKey, request.conditionExpression == nil else {
            throw Self.refusal("a delete with a condition")
        }
        let units = try await self.delete([key])
        return ItemResult(consumedCapacity: ConsumedCapacity(tableName: request.tableName, capacityUnits: units))
    }

    private func delete(_ keys: [RawItem]) async throws(DynamoDBError) -> Double {
        let time = self.state.withLock { $0.latency.next() }
        if time > .zero {
            do {
                try await self.clock.sleep(for: time)
            } catch {
                throw DynamoDBError(.cancelled, "the call was cancelled")
            }
        }
        let second = self.clock.now.milliseconds / 1000
        return self.state.withLock { state in
            var units = 0.0
            for key in keys {
                // Deleting what is not there costs a unit, too.
                units += state.deleted.insert(key).inserted ? self.items.units(of: key) ?? 1 : 1
            }
            if state.second != second {
                state.mostUnits = max(state.mostUnits, state.unitsOfSecond)
                state.unitsOfSecond = 0
                state.second = second
            }
            state.unitsOfSecond += units
            return units
        }
    }

    static func refusal(_ what: String) -> DynamoDBError {
        DynamoDBError(.unknownOperation, "\(what) has no place in a simulation")
    }
}
