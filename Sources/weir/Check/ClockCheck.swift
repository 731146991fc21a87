// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Compares this machine's clock with the service's.
enum ClockCheck {
    /// Up to this much is as good as equal: answers tell whole seconds and take a while.
    private static let exact = Duration.seconds(3)
    /// A signature that is further off than this is refused.
    ///
    /// - Source: AWS Signature Version 4, five minutes.
    private static let refused = Duration.seconds(300)

    /// What it means that the service is so far ahead; nil: no answer has told that.
    static func finding(_ offset: Duration?) -> CheckFinding {
        guard let offset else { return .skip("clock", "no answer told the service's time") }
        let size = offset < .zero ? .zero - offset : offset
        guard size > Self.exact else { return .pass("clock", "agrees with the service's") }
        let seconds = size.components.seconds
        let message = "this machine is \(seconds) s \(offset < .zero ? "ahead of" : "behind") the service"
        let advice =
            "Set the clock, with NTP for instance: lag, record ages and the beginning at LATEST are measured with it."
        guard size > Self.refused else { return .warn("clock", message, advice) }
        return .fail("clock", "\(message): signatures are only accepted up to 300 s off", advice)
    }
}
