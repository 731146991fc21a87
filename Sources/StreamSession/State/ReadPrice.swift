// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What AWS charges for reading a stream with GetRecords.
///
/// Each call that answers is one read request unit, whatever it brings, and nothing as well; listing shards and getting
/// iterators is free. What Lambda's own event source mappings and the replication of global tables read is free, too; what
/// a consumer like this one reads is not, except the first 2,500,000 units of a month, which all consumers of an account and
/// region share. As nobody here knows what is left of those, they are not taken off.
///
/// - Source: DynamoDB developer guide, "Evaluate your Streams usage"; the price is that of US East (N. Virginia), and
///   differs a little in other regions.
public enum ReadPrice {
    /// US dollars for 100,000 read request units.
    public static let dollarsPerHundredThousand = 0.02

    /// US dollars for so many calls.
    public static func dollars(reads: Int) -> Double {
        Double(reads) * Self.dollarsPerHundredThousand / 100_000
    }

    /// US dollars a day at so many calls a second.
    public static func dollarsPerDay(readsPerSecond rate: Double) -> Double {
        rate * 86_400 * Self.dollarsPerHundredThousand / 100_000
    }
}
