// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A separate part of AWS, with domains of its own.
package struct Partition: Hashable, Sendable {
    /// The name in ARNs.
    package let name: String
    /// The domain of ordinary hosts.
    let suffix: String
    /// The domain of dual-stack hosts.
    let dualStackSuffix: String

    private static let commercial = Partition(name: "aws", suffix: "amazonaws.com", dualStackSuffix: "api.aws")

    /// The domains of all partitions.
    static let suffixes = ([Partition.commercial] + Partition.others.map(\.partition)).flatMap { partition in
        [partition.suffix, partition.dualStackSuffix]
    }

    /// All partitions but the commercial one, by the beginning of their regions' names.
    private static let others: [(prefix: String, partition: Partition)] = [
        ("cn-", Partition(name: "aws-cn", suffix: "amazonaws.com.cn", dualStackSuffix: "api.amazonwebservices.com.cn")),
        ("us-gov-", Partition(name: "aws-us-gov", suffix: "amazonaws.com", dualStackSuffix: "api.aws")),
        ("us-iso-", Partition(name: "aws-iso", suffix: "c2s.ic.gov", dualStackSuffix: "api.aws.ic.gov")),
        ("us-isob-", Partition(name: "aws-iso-b", suffix: "sc2s.sgov.gov", dualStackSuffix: "api.aws.scloud")),
        ("eu-isoe-", Partition(name: "aws-iso-e", suffix: "cloud.adc-e.uk", dualStackSuffix: "api.cloud-aws.adc-e.uk")),
        ("us-isof-", Partition(name: "aws-iso-f", suffix: "csp.hci.ic.gov", dualStackSuffix: "api.aws.hci.ic.gov")),
        ("eusc-", Partition(name: "aws-eusc", suffix: "amazonaws.eu", dualStackSuffix: "api.amazonwebservices.eu")),
    ]

    /// The partition of a region; unknown regions count as commercial ones.
    package init(region: String) {
        self =
            Self.others.first { region.hasPrefix($0.prefix) }?.partition
            ?? Partition.commercial
    }

    private init(name: String, suffix: String, dualStackSuffix: String) {
        self.name = name
        self.suffix = suffix
        self.dualStackSuffix = dualStackSuffix
    }
}
