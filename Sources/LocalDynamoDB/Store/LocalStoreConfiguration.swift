// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Settings of an embedded store.
public struct LocalStoreConfiguration: Hashable, Sendable {
    /// The data file, created readable for its owner alone; nil keeps everything in memory.
    public var path: String?
    /// How many bytes of a store without data file stay in memory; nil keeps all of it there.
    ///
    /// What is more goes to a temporary file without a name, which nobody else can open and which goes with the store.
    public var memoryLimit: Int?
    /// The region in ARNs and stream records.
    ///
    /// - Default: `us-east-1`.
    public var region: String
    /// The account in ARNs, twelve digits.
    ///
    /// - Default: `000000000000`.
    public var account: String
    /// Open shards of a new stream.
    ///
    /// - Range: 1...256. Default: 1.
    public var shardsPerTable: Int
    /// Whether provisioned tables refuse what they have no capacity for, after 300 seconds of burst.
    ///
    /// - Default: true, as the service does. On-demand tables are never limited.
    public var throttlesProvisionedTables: Bool
    /// Start of the generator for identifiers and iterators; nil takes one from the system.
    ///
    /// For repeatable tests.
    public var seed: UInt64?

    /// Creates settings.
    public init(
        path: String? = nil,
        memoryLimit: Int? = nil,
        region: String = "us-east-1",
        account: String = "000000000000",
        shardsPerTable: Int = 1,
        throttlesProvisionedTables: Bool = true,
        seed: UInt64? = nil
    ) {
        self.path = path
        self.memoryLimit = memoryLimit
        self.region = region
        self.account = account
        self.shardsPerTable = shardsPerTable
        self.throttlesProvisionedTables = throttlesProvisionedTables
        self.seed = seed
    }
}
