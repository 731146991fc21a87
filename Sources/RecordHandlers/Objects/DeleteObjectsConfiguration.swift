// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Which objects are deleted, and how that is reported.
package struct DeleteObjectsConfiguration: Sendable {
    /// The bucket's name.
    package var bucket: RecordTemplate
    /// The object's key.
    package var key: RecordTemplate
    /// Whether the engine takes single failed records, so that only these come again; otherwise one that fails is an
    /// error of the whole batch.
    package var reportsItemFailures: Bool
    /// Whether nothing is deleted and the position stays.
    package var isDryRun: Bool
    /// Gets what a dry run would have deleted.
    package var report: @Sendable (EventPlan) -> Void

    /// Creates a configuration.
    package init(
        bucket: RecordTemplate,
        key: RecordTemplate,
        reportsItemFailures: Bool = false,
        isDryRun: Bool = false,
        report: @escaping @Sendable (EventPlan) -> Void = { _ in }
    ) {
        self.bucket = bucket
        self.key = key
        self.reportsItemFailures = reportsItemFailures
        self.isDryRun = isDryRun
        self.report = report
    }
}
