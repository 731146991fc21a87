// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import StreamSession

extension ConsumerMetric {
    /// The value of ``state``: Creating 0, Enabling 1, Enabled 2, Disabling 3, Disabled 4.
    public static func code(of state: MappingState) -> Int {
        switch state {
        case .creating: 0
        case .enabling: 1
        case .enabled: 2
        case .disabling: 3
        case .disabled: 4
        }
    }

    /// The value of ``lastResult``: none 0, OK 1, PROBLEM 2.
    public static func code(of result: ProcessingResult) -> Int {
        switch result {
        case .none: 0
        case .succeeded: 1
        case .failed: 2
        }
    }
}
