// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// When the records of one shard arrived, as narrowly as a session tells.
///
/// A record carries the second in which it was written. It was not there when the read before the one that brought it came
/// back with less than a full page, and it was there when that one came back. Records with the same bounds are spread
/// evenly between them, a single one in the middle.
struct ArrivalTimes {
    /// A read that brought records.
    struct Page: Hashable {
        /// When the answer was there.
        var at: Timestamp
        /// When everything that had arrived had been read; nil: the read before may have left something.
        var emptiedAt: Timestamp?
        /// Records of it that were wanted.
        var wanted: Int
    }

    /// A record as the session shows it.
    struct Sighting: Hashable {
        /// The second in which it was written.
        var createdAt: Timestamp
        /// When the batch that it is the first record of was begun; nil: it is not the first.
        var readAt: Timestamp?
        /// When its batch was formed.
        var formedAt: Timestamp
    }

    private struct Bounds: Hashable {
        var earliest: Int64
        var latest: Int64
    }

    /// The times of records.
    ///
    /// - Parameters:
    ///   - sightings: The records in the order of the shard.
    ///   - pages: The reads that brought records, in order.
    /// - Returns: A time for each record; none is before the one before it.
    static func estimate(_ sightings: [Sighting], pages: [Page]) -> [Timestamp] {
        var bounds: [Bounds] = []
        bounds.reserveCapacity(sightings.count)
        var page = 0
        var left = pages.first?.wanted ?? 0
        for sighting in sightings {
            // The first record of a batch says which read brought it, whatever was missed before.
            if let readAt = sighting.readAt {
                while page < pages.count, pages[page].at < readAt {
                    page += 1
                    left = page < pages.count ? pages[page].wanted : 0
                }
            }
            while page < pages.count, left == 0 {
                page += 1
                left = page < pages.count ? pages[page].wanted : 0
            }
            bounds.append(Self.bounds(of: sighting, page: page < pages.count ? pages[page] : nil))
            left -= 1
        }
        return Self.spread(bounds)
    }

    private static func bounds(of sighting: Sighting, page: Page?) -> Bounds {
        let second = sighting.createdAt.milliseconds
        let seen = min(page?.at ?? sighting.formedAt, sighting.formedAt).milliseconds
        // A clock that is ahead of ours has written what came later than it was read.
        let latest = min(second + 999, seen)
        let earliest = max(second, page?.emptiedAt.map { $0.milliseconds + 1 } ?? second)
        return Bounds(earliest: min(earliest, latest), latest: latest)
    }

    private static func spread(_ bounds: [Bounds]) -> [Timestamp] {
        var times: [Timestamp] = []
        times.reserveCapacity(bounds.count)
        var last = Int64.min
        var start = 0
        while start < bounds.count {
            var end = start + 1
            while end < bounds.count, bounds[end] == bounds[start] { end += 1 }
            let group = bounds[start]
            let width = group.latest - group.earliest + 1
            for index in 0..<Int64(end - start) {
                last = max(last, group.earliest + width * (2 * index + 1) / Int64(2 * (end - start)))
                times.append(Timestamp(milliseconds: last))
            }
            start = end
        }
        return times
    }
}
