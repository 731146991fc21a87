// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension [StreamRecord] {
    /// The same records with memory of their own, one piece for all of them.
    ///
    /// So they do not keep the pages alive that they came in, and a piece each would take longer. One of them that is kept
    /// keeps the memory of all.
    package func detached() -> [StreamRecord] {
        var page: [UInt8] = []
        page.reserveCapacity(
            self.reduce(0) { $0 + $1.keys.count + ($1.oldImage?.count ?? 0) + ($1.newImage?.count ?? 0) }
        )
        for record in self {
            page.append(contentsOf: record.keys.bytes)
            if let image = record.oldImage { page.append(contentsOf: image.bytes) }
            if let image = record.newImage { page.append(contentsOf: image.bytes) }
        }
        var end = 0
        func take(_ item: RawItem, isKeys: Bool = false) -> RawItem {
            defer { end += item.count }
            return RawItem(sharing: page, range: end..<end + item.count, isKeys: isKeys)
        }
        return self.map { record in
            var record = record
            record.keys = take(record.keys, isKeys: true)
            record.oldImage = record.oldImage.map { take($0) }
            record.newImage = record.newImage.map { take($0) }
            return record
        }
    }
}
