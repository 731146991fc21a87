// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What this process has used so far.
struct ProcessUsage: Hashable, Sendable {
    /// Processor time of all threads, in user and system mode.
    var cpu: Duration
    /// The largest amount of memory that was resident, in KiB.
    var maximumResidentKiB: Int

    /// Asks the system.
    static func now() -> ProcessUsage {
        var usage = rusage()
        #if canImport(Darwin)
        getrusage(RUSAGE_SELF, &usage)
        let residentKiB = Int(usage.ru_maxrss) / 1024
        #else
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let residentKiB = Int(usage.ru_maxrss)
        #endif
        let seconds = Int64(usage.ru_utime.tv_sec) + Int64(usage.ru_stime.tv_sec)
        let microseconds = Int64(usage.ru_utime.tv_usec) + Int64(usage.ru_stime.tv_usec)
        return ProcessUsage(
            cpu: .seconds(seconds) + .microseconds(microseconds),
            maximumResidentKiB: residentKiB
        )
    }
}
