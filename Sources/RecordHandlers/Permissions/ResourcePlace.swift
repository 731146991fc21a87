// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport

/// Where the resources of a pipeline are: what their ARNs begin with.
package struct ResourcePlace: Hashable, Sendable {
    /// The part of AWS, `aws`.
    package var partition: String
    /// The region, `eu-central-1`.
    package var region: String
    /// The account, twelve digits on AWS.
    package var account: String

    /// Creates a place in the partition that the region belongs to.
    package init(region: String, account: String) {
        self.partition = Partition(region: region).name
        self.region = region
        self.account = account
    }

    /// Takes the place out of the ARN of a table or a stream; nil if the text is none.
    package init?(arn: String) {
        let fields = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 6, fields[0] == "arn", fields[2] == "dynamodb", !fields[1].isEmpty, !fields[3].isEmpty,
            !fields[4].isEmpty
        else { return nil }
        self.partition = fields[1]
        self.region = fields[3]
        self.account = fields[4]
    }

    /// The ARN of a table; the text itself if it is one.
    package func table(_ name: String) -> String {
        name.hasPrefix("arn:") ? name : "arn:\(self.partition):dynamodb:\(self.region):\(self.account):table/\(name)"
    }

    /// The ARNs of all streams that a table has or will have: a new one gets a new label.
    package func streams(of table: String) -> String {
        "\(self.table(table))/stream/*"
    }
}
