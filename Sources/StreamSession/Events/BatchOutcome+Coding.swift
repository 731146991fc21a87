// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension BatchOutcome: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, shard, records, result, attempts, handlerTime, work, untoldWork, iteratorAge, discarded, remaining,
            invoked
        case failedInvokes
    }

    /// Reads an outcome; what is left out is as it is with a batch that succeeded as a whole.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try values.decode(BatchID.self, forKey: .id),
            shard: try values.decode(ShardID.self, forKey: .shard),
            records: try values.decode(Int.self, forKey: .records),
            result: try values.decodeIfPresent(Result.self, forKey: .result) ?? .succeeded,
            attempts: try values.decode(Int.self, forKey: .attempts),
            handlerTime: try values.decode(Duration.self, forKey: .handlerTime),
            work: try values.decodeIfPresent(HandlerWork.self, forKey: .work) ?? HandlerWork(),
            untoldWork: try values.decodeIfPresent(HandlerWork.self, forKey: .untoldWork),
            iteratorAge: try values.decode(Duration.self, forKey: .iteratorAge),
            discarded: try values.decodeIfPresent(Int.self, forKey: .discarded) ?? 0,
            remaining: try values.decodeIfPresent(Int.self, forKey: .remaining),
            invoked: try values.decodeIfPresent(Int.self, forKey: .invoked),
            failedInvokes: try values.decodeIfPresent(Int.self, forKey: .failedInvokes) ?? 0
        )
    }

    /// Writes an outcome without what is the rule.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(self.id, forKey: .id)
        try values.encode(self.shard, forKey: .shard)
        try values.encode(self.records, forKey: .records)
        if self.result != .succeeded { try values.encode(self.result, forKey: .result) }
        try values.encode(self.attempts, forKey: .attempts)
        try values.encode(self.handlerTime, forKey: .handlerTime)
        if self.work != HandlerWork() { try values.encode(self.work, forKey: .work) }
        if self.untoldWork != self.work { try values.encode(self.untoldWork, forKey: .untoldWork) }
        try values.encode(self.iteratorAge, forKey: .iteratorAge)
        if self.discarded != 0 { try values.encode(self.discarded, forKey: .discarded) }
        if self.remaining != self.records { try values.encode(self.remaining, forKey: .remaining) }
        if self.invoked != self.records { try values.encode(self.invoked, forKey: .invoked) }
        if self.failedInvokes != 0 { try values.encode(self.failedInvokes, forKey: .failedInvokes) }
    }
}
