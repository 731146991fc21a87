// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Finds region, endpoints, credentials and retry settings from options, environment and configuration files.
///
/// Pure but for the reading of the two files, which happens once when it is created.
package struct ConnectionResolver: Sendable {
    let options: ConnectionOptions
    let context: ProcessContext
    let profile: ProfileSettings

    /// Reads the configuration files and finds the profile.
    package init(options: ConnectionOptions, context: ProcessContext) throws(ConnectionError) {
        self.options = options
        self.context = context
        self.profile = try ProfileSettings(options: options, context: context)
    }

    /// The profile in use; nil if none was asked for.
    package var profileName: String? { self.profile.choice == .byDefault ? nil : self.profile.name }

    /// The region: the option, `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile's own.
    ///
    /// - Parameter isLocal: Whether all endpoints are on this machine; then the region defaults to `us-east-1`, for
    ///   signatures need one and emulators accept any.
    /// - Returns: The region.
    /// - Throws: `regionMissing`, or `invalidSetting` when it is no name.
    package func region(isLocal: Bool = false) throws(ConnectionError) -> String {
        let candidates = [
            ("--region", self.options.region), ("AWS_REGION", self.context.variable("AWS_REGION")),
            ("AWS_DEFAULT_REGION", self.context.variable("AWS_DEFAULT_REGION")),
            ("profile '\(self.profile.name)'", self.profile.value("region")),
        ]
        for case (let origin, let region?) in candidates {
            // It becomes a part of a host name, so nothing else may get in by it.
            guard !region.isEmpty, region.utf8.count <= 63,
                region.utf8.allSatisfy({ isRegionByte($0) }), region.first != "-", region.last != "-"
            else {
                throw ConnectionError(
                    .invalidSetting,
                    "The region of \(origin) is not a region's name",
                    advice: "Regions look like us-east-1 or eu-central-1."
                )
            }
            return region
        }
        if isLocal { return "us-east-1" }
        throw ConnectionError(
            .regionMissing,
            "No region is set",
            advice: "Give --region us-east-1, set AWS_REGION, or put 'region = us-east-1' into profile "
                + "'\(self.profile.name)' of \(self.profile.configurationPath)."
        )
    }

    /// A setting that is true or false: environment first, then profile; false if neither says anything.
    func flag(_ variable: String, _ setting: String) throws(ConnectionError) -> Bool {
        guard let value = self.context.variable(variable) ?? self.profile.value(setting) else { return false }
        switch value.lowercased() {
        case "true": return true
        case "false": return false
        default:
            throw ConnectionError(
                .invalidSetting,
                "\(variable) (or \(setting) of profile '\(self.profile.name)') is neither true nor false",
                advice: "Set it to true or false, or leave it out."
            )
        }
    }
}

private func isRegionByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
        true
    default: false
    }
}
