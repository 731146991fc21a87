// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension [StreamRecord] {
    /// The same records with memory of their own, one piece for all of them; those that have such memory stay as they are.
    ///
    /// So they do not keep the pages alive that they came in, and a piece each would take longer. One of them that is kept
    /// keeps the memory of all.
    package func detached() -> [StreamRecord] {
        var length = 0
        for index in self.indices { length += self[index].itemBytes }
        // A page holds more than items.
        guard let first = self.first, first.keys.pageCount != length else { return self }
        var page: [UInt8] = []
        page.reserveCapacity(length)
        for index in self.indices {
            page.append(contentsOf: self[index].keys.bytes)
            if let image = self[index].oldImage { page.append(contentsOf: image.bytes) }
            if let image = self[index].newImage { page.append(contentsOf: image.bytes) }
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

extension StreamRecord {
    /// Bytes of its keys and images.
    package var itemBytes: Int { self.keys.count + (self.oldImage?.count ?? 0) + (self.newImage?.count ?? 0) }
}
