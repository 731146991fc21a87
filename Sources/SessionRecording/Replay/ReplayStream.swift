// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel
public import StreamSession

/// Batches of a session as a stream that has ended: each page is one batch as it was.
///
/// A consumer that reads it forms the same batches again, if its batches may be large enough. Records of a recording are read
/// from the file when they are asked for.
public struct ReplayStream: DynamoDBStreamsAPI {
    /// The stream, with all of its shards; it is disabled and its shards are closed.
    public let description: StreamDescription

    /// The batches, in the order in which they were formed.
    public let batches: [ReplayPlan.Batch]

    private let content: @Sendable (ReplayPlan.Batch) throws(DynamoDBError) -> [StreamRecord]
    private let shards: [ShardID: [ReplayPlan.Batch]]

    /// Creates a stream of a recording.
    ///
    /// - Parameters:
    ///   - plan: What is in it.
    ///   - reader: The recording.
    ///   - session: What the recording is about.
    ///   - lineage: The shards of the recording: who descends from whom.
    public init(
        _ plan: ReplayPlan,
        of reader: RecordingReader,
        session: SessionDescription,
        lineage: [ShardDescription]
    ) {
        let selection = plan.selection
        self.init(plan.batches, session: session, lineage: lineage) { batch throws(DynamoDBError) in
            selection.records(of: try Self.formed(batch, in: reader))
        }
    }

    /// Creates a stream of records that are at hand.
    ///
    /// - Parameters:
    ///   - selection: What is in it; parts without records are left out.
    ///   - session: What the session is about.
    ///   - lineage: Its shards: who descends from whom.
    public init(_ selection: ReplaySelection, session: SessionDescription, lineage: [ShardDescription]) {
        let parts = Dictionary(selection.parts.map { ($0.batch, $0.records) }) { $0 + $1 }
        self.init(selection.parts.compactMap { ReplayPlan.Batch($0) }, session: session, lineage: lineage) { batch in
            parts[batch.id] ?? []
        }
    }

    private init(
        _ batches: [ReplayPlan.Batch],
        session: SessionDescription,
        lineage: [ShardDescription],
        content: @escaping @Sendable (ReplayPlan.Batch) throws(DynamoDBError) -> [StreamRecord]
    ) {
        self.batches = batches
        self.content = content
        self.shards = Dictionary(grouping: batches, by: \.shard)
        let parents = Dictionary(lineage.map { ($0.id, $0.parent) }) { $1 }
        self.description = StreamDescription(
            arn: session.streamARN,
            label: session.streamARN.label ?? "",
            tableName: session.tableName,
            status: .disabled,
            viewType: session.viewType,
            keyNames: session.keyNames,
            shards: self.shards.map { [shards] shard, batches in
                ShardDescription(
                    id: shard,
                    // Whatever a file says, nobody waits for a shard that came later.
                    parent: Self.ancestor(of: shard, by: parents) {
                        shards[$0].map { $0[0].sequence < batches[0].sequence } ?? false
                    },
                    range: SequenceRange(
                        start: batches.reduce(batches[0].first) { min($0, $1.first) },
                        end: batches.reduce(batches[0].last) { max($0, $1.last) }
                    )
                )
            }.sorted { $0.id < $1.id }
        )
    }

    /// The nearest ancestor that has something to send: it comes first.
    private static func ancestor(
        of shard: ShardID,
        by parents: [ShardID: ShardID?],
        where isThere: (ShardID) -> Bool
    ) -> ShardID? {
        var seen: Set<ShardID> = [shard]
        var next = parents[shard] ?? nil
        // What a file says may go in circles.
        while let parent = next, seen.insert(parent).inserted {
            if isThere(parent) { return parent }
            next = parents[parent] ?? nil
        }
        return nil
    }

    /// There is one.
    public func listStreams(_ request: ListStreamsRequest) async throws(DynamoDBError) -> StreamList {
        throw Self.refusal("ListStreams")
    }

    /// The stream, with all of its shards.
    public func describeStream(_ request: DescribeStreamRequest) async throws(DynamoDBError) -> StreamDescription {
        self.description
    }

    /// The beginning of a shard; no other position is known.
    public func shardIterator(_ request: ShardIteratorRequest) async throws(DynamoDBError) -> ShardIterator {
        guard request.position == .trimHorizon else { throw Self.refusal("GetShardIterator at \(request.position)") }
        guard self.shards[request.shard] != nil else {
            throw DynamoDBError(.resourceNotFound, "the recording has no batches of shard \(request.shard)")
        }
        return ShardIterator("0|\(request.shard)")
    }

    /// One batch as it was, however large.
    public func records(at iterator: ShardIterator, limit: Int) async throws(DynamoDBError) -> RecordPage {
        let parts = iterator.text.split(separator: "|", maxSplits: 1)
        guard parts.count == 2, let index = Int(parts[0]),
            let batches = self.shards[ShardID(String(parts[1]))], batches.indices.contains(index)
        else { throw DynamoDBError(.validation, "this is no iterator of a recording") }
        let isLast = index + 1 == batches.count
        return RecordPage(
            records: try self.content(batches[index]),
            next: isLast ? nil : ShardIterator("\(index + 1)|\(parts[1])")
        )
    }

    /// Records of all batches.
    public var recordCount: Int { self.batches.reduce(0) { $0 + $1.records } }

    /// Goes through what is in it, one batch at a time.
    ///
    /// - Parameter body: Gets the records of each batch.
    /// - Throws: `DynamoDBError` if a batch cannot be read any more.
    public func forEachBatch(_ body: ([StreamRecord]) -> Void) throws(DynamoDBError) {
        for batch in self.batches { body(try self.content(batch)) }
    }

    private static func formed(
        _ batch: ReplayPlan.Batch,
        in reader: RecordingReader
    ) throws(DynamoDBError) -> BatchDescription {
        let event: SessionEvent?
        do throws(RecordingError) {
            event = try reader.events(after: batch.sequence - 1, limit: 1).first
        } catch {
            throw DynamoDBError(.malformedResponse, error.description)
        }
        // It was whole a moment ago, when the plan was made.
        guard let event, case .batchFormed(let formed) = event.kind else {
            throw DynamoDBError(.malformedResponse, "batch \(batch.id.number) of the recording cannot be read any more")
        }
        return formed
    }

    private static func refusal(_ what: String) -> DynamoDBError {
        DynamoDBError(.validation, "a recording has no \(what)")
    }
}
