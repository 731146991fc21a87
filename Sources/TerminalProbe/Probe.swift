// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TerminalCells
import TerminalDriver

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Opens the screen, shows what comes in, and ends in whatever way a key asks for.
@main
enum Probe {
    static func main() async {
        let environment = ProcessInfo.processInfo.environment
        let status = await runOnTerminalThread { Self.run(environment: environment) }
        exit(status)
    }

    private static func run(environment: [String: String]) -> Int32 {
        let option = environment["PROBE_COLOR"].flatMap { ColorOption(rawValue: $0) }
        let screen: NcursesScreen
        do {
            screen = try NcursesScreen(
                configuration: NcursesScreen.Configuration(environment: environment, color: option)
            ) { role, isSelected in ProbePicture.style(role, isSelected: isSelected) }
        } catch {
            print("no screen: \(error)")
            return 2
        }
        defer { screen.close() }
        var picture = ProbePicture(screen: screen)
        while true {
            screen.present(picture.draw(size: screen.size))
            for event in screen.waitForInput(atMost: nil) {
                picture.note(event)
                switch event {
                case .terminated(.interrupt): return 130
                case .terminated(.terminate): return 143
                case .terminated(.hangUp): return 129
                case .redraw: screen.invalidate()
                case .key(let key):
                    if let status = self.press(key, screen: screen, picture: &picture) { return status }
                default: break
                }
            }
        }
    }

    private static func press(_ key: Key, screen: NcursesScreen, picture: inout ProbePicture) -> Int32? {
        switch key.code {
        case .character("q") where !key.alt && !key.control: return 0
        case .character("S") where !key.alt: self.readNowhere()
        case .character("T") where !key.alt: self.trap()
        case .character("A") where !key.alt: abort()
        case .character("O") where !key.alt: self.crashOnAnotherThread()
        case .character("X") where !key.alt: exit(5)
        case .character("Z") where !key.alt: screen.suspend()
        case .character("y") where !key.alt: _ = screen.copy("copied text")
        case .character("c") where !key.alt: picture.colorPage += 1
        case .character("L") where !key.alt: screen.invalidate()
        default: break
        }
        return nil
    }

    /// A fault of memory.
    private static func readNowhere() {
        let pointer = UnsafePointer<Int>(bitPattern: 8)
        if let pointer { print(pointer.pointee) }
    }

    /// A trap of the Swift runtime.
    private static func trap() {
        let numbers = Array(0..<ProcessInfo.processInfo.processorCount)
        print(numbers[numbers.count + 1])
    }

    private static func crashOnAnotherThread() {
        let thread = Thread { self.trap() }
        thread.start()
        while true { pause() }
    }
}
