// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import RecordHandlers

/// What the options of `run` and `monitor` ask to be allowed.
struct PermissionSetup {
    var source: PipelinePermissions.Source
    var handling: HandlerArguments

    /// The permissions of that pipeline in that place.
    ///
    /// - Throws: ``ProgramFailure`` if an option is not what it should be.
    func permissions(in place: ResourcePlace, listsStreams: Bool = false) throws(ProgramFailure) -> PipelinePermissions
    {
        do throws(HandlerSetupError) {
            return PipelinePermissions(
                place: place,
                source: self.source,
                work: try self.work(),
                destination: try self.handling.onFailure.destination.map { text throws(HandlerSetupError) in
                    try DestinationName(text)
                },
                isDryRun: self.handling.isDryRun,
                listsStreams: listsStreams
            )
        } catch {
            throw ConsumerSetup.failure(error)
        }
    }

    private func work() throws(HandlerSetupError) -> PipelinePermissions.Work {
        switch self.handling.handler {
        case .observe, .command: .none
        case .delete: .delete(staging: self.handling.staging ?? "", self.handling.deleteMode)
        case .aggregate: .aggregate(table: self.handling.aggregate.table ?? "")
        case .function: .invoke(try FunctionName(self.handling.function.name ?? ""))
        case .deleteObjects:
            .deleteObjects(
                bucket: try RecordTemplate(self.handling.objects.bucket ?? "", option: "--bucket <template>"),
                key: try RecordTemplate(self.handling.objects.key ?? "", option: "--key <template>")
            )
        }
    }
}
