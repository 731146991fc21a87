// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import SessionRecording

/// What is said of damages that were met while a recording was read for something else.
enum DamageNote {
    /// Ends a program that has read a recording as far as it could be read.
    ///
    /// - Throws: ``ProgramFailure`` with the exit code for it, if something could not.
    static func end(_ passage: RecordingPassage, path: String) throws(ProgramFailure) {
        guard passage.damageCount > 0 else { return }
        throw ProgramFailure(
            status: ExitStatus.damaged,
            message: "\(path) is damaged in \(RunSummary.count(passage.damageCount, "place")); "
                + "what could be read was written. weir recording verify \(ShellWord.quoted(path)) says where."
        )
    }
}
