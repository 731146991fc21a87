// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// One value for a metrics backend.
package enum Measurement: Hashable, Sendable {
    /// A counter goes up by so many.
    case count(ConsumerMetric, ShardID?, Int)
    /// A gauge or recorder gets a value.
    case value(ConsumerMetric, ShardID?, Double)
    /// A timer gets a duration.
    case time(ConsumerMetric, ShardID?, Duration)
    /// A shard is over: its metrics are needed no more.
    case forget(ShardID)
}
