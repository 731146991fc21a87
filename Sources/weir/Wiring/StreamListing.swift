// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Lists streams with what is known of each.
struct StreamListing: Sendable {
    private let api: any DynamoDBStreamsAPI

    /// Creates a listing.
    init(api: any DynamoDBStreamsAPI) {
        self.api = api
    }

    /// All streams, or those of a table, in the order of their tables and labels; each with all its shards.
    ///
    /// - Throws: ``ProgramFailure`` that says which call failed.
    func all(table: String?) async throws(ProgramFailure) -> [StreamDescription] {
        var summaries: [StreamSummary] = []
        var after: StreamARN?
        repeat {
            let page: StreamList
            do throws(DynamoDBError) {
                page = try await self.api.listStreams(
                    ListStreamsRequest(tableName: table, exclusiveStartStreamARN: after)
                )
            } catch {
                throw StreamLocator.unreachable("list streams", error)
            }
            summaries += page.streams
            after = page.lastEvaluatedStreamARN
        } while after != nil
        var descriptions: [StreamDescription] = []
        for summary in summaries.sorted(by: { ($0.tableName, $0.label) < ($1.tableName, $1.label) }) {
            // One that vanishes in between is not there any more.
            if let description = try await self.describe(summary.arn) { descriptions.append(description) }
        }
        return descriptions
    }

    private func describe(_ arn: StreamARN) async throws(ProgramFailure) -> StreamDescription? {
        var description: StreamDescription?
        var after: ShardID?
        repeat {
            do throws(DynamoDBError) {
                let request = DescribeStreamRequest(arn: arn, exclusiveStartShardID: after)
                let page = try await self.api.describeStream(request)
                if description == nil { description = page } else { description?.shards += page.shards }
                after = page.lastEvaluatedShardID
            } catch {
                guard error.code == .resourceNotFound else {
                    throw StreamLocator.unreachable("describe stream \(arn)", error)
                }
                return nil
            }
        } while after != nil
        return description
    }

    /// A table for people, its head first.
    static func table(_ descriptions: [StreamDescription]) -> [String] {
        let head = ["TABLE", "STATUS", "VIEW", "SHARDS", "ARN"]
        let rows =
            [head]
            + descriptions.map { stream in
                let open = stream.shards.count { !$0.isClosed }
                return [
                    stream.tableName, stream.status.rawValue, stream.viewType.rawValue,
                    "\(open)/\(stream.shards.count)",
                    stream.arn.text,
                ].map(VisibleText.line)
            }
        return TextTable.lines(rows)
    }

    /// One stream as a JSON line.
    static func line(_ stream: StreamDescription) -> [UInt8] {
        SessionLines.object("stream", at: nil) { json in
            json.name("stream")
            json.string(stream.arn.text)
            json.name("table")
            json.string(stream.tableName)
            json.name("status")
            json.string(stream.status.rawValue)
            json.name("view_type")
            json.string(stream.viewType.rawValue)
            json.name("label")
            json.string(stream.label)
            json.name("keys")
            json.beginArray()
            for name in stream.keyNames { json.string(name) }
            json.endArray()
            json.name("open_shards")
            json.number(stream.shards.count { !$0.isClosed })
            json.name("closed_shards")
            json.number(stream.shards.count(where: \.isClosed))
        }
    }
}
