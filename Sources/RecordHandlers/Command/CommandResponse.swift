// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel

/// Reads the end of a program as the answer of a function.
///
/// Errors have the names that Lambda's runtimes give to the same things.
enum CommandResponse {
    /// The longest error message in bytes of UTF-8, before it is written as JSON.
    static let messageLimit = 4096

    /// The answer.
    ///
    /// - Parameters:
    ///   - end: How the program ended.
    ///   - tail: The last lines it wrote to standard error.
    ///   - configuration: Its bounds, for messages.
    /// - Returns: What a function would have answered.
    static func response(
        to end: ChildProgram.End,
        tail: String,
        configuration: CommandHandlerConfiguration
    ) -> FunctionResponse {
        switch end.interruption {
        case .timeLimit:
            let limit = Self.seconds(configuration.timeLimit)
            return Self.failure("Sandbox.Timedout", "Task timed out after \(limit) seconds", tail)
        case .outputTooLarge:
            return Self.failure(
                "Function.ResponseSizeTooLarge",
                "Response payload size exceeded maximum allowed payload size (\(configuration.responseLimit) bytes).",
                tail
            )
        case .cancelled, nil: break
        }
        switch end.status {
        case .exited(0): return FunctionResponse(body: end.output)
        case .exited(let status): return Self.failure("Runtime.ExitError", "exit status \(status)", tail)
        case .signaled(let signal): return Self.failure("Runtime.ExitError", "ended by signal \(signal)", tail)
        }
    }

    private static func failure(_ type: String, _ message: String, _ tail: String) -> FunctionResponse {
        let text = tail.isEmpty ? message : "\(message)\n\(tail)"
        var json = JSONWriter()
        json.object { json in
            json.member("errorMessage", Self.cut(text))
            json.member("errorType", type)
        }
        return FunctionResponse(functionError: "Unhandled", body: json.bytes)
    }

    private static func cut(_ text: String) -> String {
        guard text.utf8.count > Self.messageLimit else { return text }
        return String(decoding: text.utf8.prefix(Self.messageLimit), as: UTF8.self) + "…"
    }

    /// Seconds with two decimals, as Lambda writes them.
    private static func seconds(_ duration: Duration) -> String {
        let hundredths = duration.wholeMilliseconds / 10
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}
