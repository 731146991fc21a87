// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import RecordHandlers

/// The objects of `--handler delete-objects`.
struct ObjectArguments: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Bucket of the object that a record names; a template like that of the key.",
            valueName: "template"
        )
    )
    var bucket: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Key of the object, with places like {Keys.id}, {OldImage.path} and {NewImage.path}.",
            discussion: "{{ and }} stand for braces. A record that has no such attribute fails its batch.",
            valueName: "template"
        )
    )
    var key: String?

    @Option(
        name: .customLong("bucket-region"),
        help: ArgumentHelp(
            "Region of the bucket, also of one that --on-failure names (default: the stream's).",
            valueName: "name"
        )
    )
    var region: String?

    @Option(
        name: .customLong("s3-endpoint"),
        help: ArgumentHelp(
            "Where buckets are, also one that --on-failure names, such as http://127.0.0.1:9000.",
            discussion: "Default: AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, then AWS itself.",
            valueName: "url"
        )
    )
    var endpoint: String?

    /// Creates options to be filled by the parser.
    init() {}

    /// Refuses what is no template, no region or no URL.
    func validate() throws {
        try EndpointArgument.check(self.endpoint, option: "--s3-endpoint <url>")
        if let region, !RegionName.isValid(region) {
            throw RegionName.refusal(of: region, option: "--bucket-region <name>")
        }
        for (option, text) in [("--bucket <template>", self.bucket), ("--key <template>", self.key)] {
            guard let text else { continue }
            do throws(HandlerSetupError) {
                _ = try RecordTemplate(text, option: option)
            } catch {
                throw ValidationError(error.description)
            }
        }
    }
}
