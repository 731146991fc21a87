// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

extension SessionLines {
    /// The members of the start line that tell the settings of an event source mapping.
    static func append(_ settings: MappingSettings, to json: inout JSONWriter) {
        json.name("enabled")
        json.bool(settings.isEnabled)
        json.name("parallelization_factor")
        json.number(settings.parallelizationFactor)
        if let count = settings.maximumConcurrentBatches {
            json.name("maximum_concurrent_batches")
            json.number(count)
        }
        json.name("bisect_batch_on_function_error")
        json.bool(settings.bisectsBatchOnFunctionError)
        // -1 is what a mapping has for "until the records expire".
        json.name("maximum_retry_attempts")
        json.number(settings.maximumRetryAttempts ?? -1)
        json.name("maximum_record_age_s")
        json.number(settings.maximumRecordAge.map { Int($0.components.seconds) } ?? -1)
        json.name("tumbling_window_s")
        json.number(Int(settings.tumblingWindow.components.seconds))
        json.name("function_response_types")
        Self.append(settings.functionResponseTypes, to: &json)
        json.name("filters")
        Self.append(settings.filters, to: &json)
        if let destination = settings.onFailure {
            json.name("on_failure")
            json.string(destination)
        }
    }

    private static func append(_ texts: [String], to json: inout JSONWriter) {
        json.beginArray()
        for text in texts { json.string(text) }
        json.endArray()
    }
}
