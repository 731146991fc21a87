// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ArgumentParser
import ConsumerEngine
import DynamoDBModel
import SessionRecording

/// What the program says of an error and which exit code it has.
enum FailureText {
    /// Turns any error into the way the program ends.
    static func failure(for error: any Error) -> ProgramFailure {
        switch error {
        case let failure as ProgramFailure: return failure
        case let code as ExitCode: return ProgramFailure(status: code.rawValue, message: nil)
        case let error as ConnectionError:
            return ProgramFailure(status: ExitStatus.unreachable, message: error.description)
        case let error as ConsumerError:
            let isOutOfReach = [.streamNotFound, .accessDenied, .credentialsRefused].contains(error.code)
            return ProgramFailure(
                status: isOutOfReach ? ExitStatus.unreachable : ExitStatus.failure,
                message: error.description
            )
        case let error as DynamoDBError:
            return ProgramFailure(status: ExitStatus.unreachable, message: error.description)
        case let error as RecordingError:
            let isUsage = [
                .cannotOpen, .exists, .inUse, .notARecording, .newerVersion, .olderVersion, .anotherSession,
                .nothingThere,
            ].contains(error.code)
            let status = error.code == .damaged ? ExitStatus.damaged : isUsage ? ExitStatus.usage : ExitStatus.failure
            return ProgramFailure(status: status, message: error.description)
        case let error as CheckpointError:
            return ProgramFailure(status: ExitStatus.failure, message: error.description)
        default:
            return ProgramFailure(status: ExitStatus.failure, message: "\(error)")
        }
    }
}
