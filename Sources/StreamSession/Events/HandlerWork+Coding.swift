// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

// A session has as many of these as it has batches, and most figures in them are 0: those are left out.

extension HandlerWork: Codable {
    private enum CodingKeys: String, CodingKey {
        case requests, itemsDeleted, kept, singleRequests, writeCapacityUnits, unprocessedItems, throttles,
            failedRequests, repeatedKeys
    }

    /// Reads figures; what is left out is 0.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            requests: try values.decodeIfPresent([String: Int].self, forKey: .requests) ?? [:],
            itemsDeleted: try values.decodeIfPresent(Int.self, forKey: .itemsDeleted) ?? 0,
            kept: try values.decodeIfPresent(Int.self, forKey: .kept) ?? 0,
            singleRequests: try values.decodeIfPresent(Int.self, forKey: .singleRequests) ?? 0,
            writeCapacityUnits: try values.decodeIfPresent(Double.self, forKey: .writeCapacityUnits) ?? 0,
            unprocessedItems: try values.decodeIfPresent(Int.self, forKey: .unprocessedItems) ?? 0,
            throttles: try values.decodeIfPresent(Int.self, forKey: .throttles) ?? 0,
            failedRequests: try values.decodeIfPresent(Int.self, forKey: .failedRequests) ?? 0,
            repeatedKeys: try values.decodeIfPresent(Int.self, forKey: .repeatedKeys) ?? 0
        )
    }

    /// Writes figures that are not 0.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        if !self.requests.isEmpty { try values.encode(self.requests, forKey: .requests) }
        let counts: [(CodingKeys, Int)] = [
            (.itemsDeleted, self.itemsDeleted), (.kept, self.kept), (.singleRequests, self.singleRequests),
            (.unprocessedItems, self.unprocessedItems), (.throttles, self.throttles),
            (.failedRequests, self.failedRequests), (.repeatedKeys, self.repeatedKeys),
        ]
        for (key, count) in counts where count != 0 { try values.encode(count, forKey: key) }
        if self.writeCapacityUnits != 0 { try values.encode(self.writeCapacityUnits, forKey: .writeCapacityUnits) }
    }
}
