// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBClient
import DynamoDBModel

extension ConsumerSetup {
    /// Enters this run among the readers of its stream, and counts the others that can be known.
    ///
    /// These are the ones that the user has told of, other runs on this machine, and the replication of a global table. What
    /// else reads the stream, no call of the service says.
    ///
    /// - Returns: Readers that each shard has beside this run.
    func countOtherReaders(of located: LocatedStream, client: DynamoDBClient, process: ProgramContext) -> Int {
        let readers = StreamReaders(
            of: located.stream.arn,
            endpoint: client.isAWS ? nil : client.streamsEndpoint,
            folder: process.readersFolder
        )
        self.closers.add { readers.leave() }
        let runs = readers.others
        let replication = located.replicaRegions.isEmpty ? 0 : 1
        let others = self.pipeline.stream.otherReaders + runs + replication
        if others + 1 > ConsumerConfiguration.mostReaders {
            var parts = ["this run"]
            if runs > 0 { parts.append("\(RunSummary.count(runs, "other run")) on this machine") }
            if replication > 0 { parts.append("the replication of a global table") }
            if self.pipeline.stream.otherReaders > 0 {
                parts.append("\(self.pipeline.stream.otherReaders) named by --other-readers")
            }
            process.errors.line(
                "weir: warning: each shard has \(others + 1) readers (\(parts.joined(separator: ", "))), and DynamoDB "
                    + "serves \(ConsumerConfiguration.mostReaders): reads may be throttled and fall behind"
            )
        }
        return others
    }
}
