// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// How much the first line says of where we are.
struct HeadDetail: Hashable, Sendable {
    enum Handler: Hashable, Sendable {
        /// `delete from StagingTable (batch)`, `delete from StagingTable`, `deletes`.
        case whole, what, word
    }

    enum Endpoint: Hashable, Sendable {
        /// `http://127.0.0.1:8000`, `127.0.0.1:8000`, nothing; of the service's own endpoint it is the region.
        case whole, bare, none
    }

    enum Shards: Hashable, Sendable {
        /// `3/3 shards`, `3/3`, nothing.
        case words, count, none
    }

    var handler: Handler
    var endpoint: Endpoint
    var shards: Shards
    /// Whether the region is named beside an endpoint.
    var hasRegion = false
    /// Whether the table's name may be as long as it is.
    var hasWholeTable = true
    var hasReadOnly = true

    /// The longest first: what gives way first is what people need least.
    ///
    /// What is left in the end: the mode, the table, and that the session deletes.
    static let all = [
        HeadDetail(handler: .whole, endpoint: .whole, shards: .words, hasRegion: true),
        HeadDetail(handler: .whole, endpoint: .bare, shards: .words, hasRegion: true),
        HeadDetail(handler: .what, endpoint: .bare, shards: .words, hasRegion: true),
        HeadDetail(handler: .what, endpoint: .bare, shards: .words),
        HeadDetail(handler: .what, endpoint: .bare, shards: .count),
        HeadDetail(handler: .word, endpoint: .bare, shards: .words),
        HeadDetail(handler: .word, endpoint: .bare, shards: .words, hasReadOnly: false),
        HeadDetail(handler: .word, endpoint: .bare, shards: .count, hasReadOnly: false),
        HeadDetail(handler: .word, endpoint: .bare, shards: .count, hasWholeTable: false, hasReadOnly: false),
        HeadDetail(handler: .word, endpoint: .bare, shards: .none, hasWholeTable: false, hasReadOnly: false),
        HeadDetail(handler: .word, endpoint: .none, shards: .none, hasWholeTable: false, hasReadOnly: false),
    ]
}
