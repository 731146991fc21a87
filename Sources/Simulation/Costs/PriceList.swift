// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import StreamSession

/// AWS's list prices of what a pipeline uses.
///
/// They are those of US East (N. Virginia), on demand, without free tiers.
///
/// Prices change and differ between regions: whatever is reckoned with them is an estimate.
package struct PriceList: Hashable, Sendable {
    /// Where they hold, and of when they are.
    package static let source = "list prices of US East (N. Virginia), July 2025"
    /// Seconds of the month that is reckoned with: 30 days.
    package static let month = Duration.seconds(30 * 86_400)

    /// US dollars for a million write request units of a standard table on demand.
    ///
    /// - Source: DynamoDB pricing, on-demand capacity.
    package var millionWriteUnits = 0.625
    /// US dollars for a million invocations of a function.
    ///
    /// - Source: Lambda pricing, requests.
    package var millionInvocations = 0.20
    /// US dollars for a GB-second of a function, x86.
    ///
    /// - Source: Lambda pricing, duration, first tier.
    package var gigabyteSecond = 0.0000166667
    /// Memory of the function, in GB: the 128 MB that a function has unless one asks for more.
    package var functionGigabytes = 0.125
    /// US dollars for a hundred thousand reads of a stream; Lambda's own are free.
    package var hundredThousandReads = ReadPrice.dollarsPerHundredThousand

    /// The list.
    package init() {}
}
