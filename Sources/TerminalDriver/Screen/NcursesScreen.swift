// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import CTerminal
package import TerminalCells

/// The terminal, through ncurses.
///
/// There is one a process. It belongs to the thread that makes it, see ``runOnTerminalThread(_:)``, and is not `Sendable`
/// so that it stays there. While it lives, SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT and SIGWINCH become input events,
/// and a crash gives the terminal back before it is reported.
package final class NcursesScreen: TerminalScreen {
    /// How the screen is opened.
    package struct Configuration: Sendable {
        /// TERM, COLORTERM, NO_COLOR and SSH_CONNECTION are read from it.
        package var environment: [String: String]
        /// `--color`.
        package var color: ColorOption?
        /// The setting for colors.
        package var colorSetting: ColorOption?

        /// Creates a configuration.
        package init(environment: [String: String], color: ColorOption? = nil, colorSetting: ColorOption? = nil) {
            self.environment = environment
            self.color = color
            self.colorSetting = colorSetting
        }
    }

    /// The size now.
    package private(set) var size: ScreenSize
    /// How many colors are used, and why.
    package let color: ColorDecision
    /// Whether characters outside of ASCII can be shown.
    package let isUTF8: Bool
    /// The terminal's name, as it was opened.
    package let terminalName: String

    private struct StyleKey: Hashable {
        var role: StyleRole
        var isSelected: Bool
    }

    private let styles: (StyleRole, Bool) -> TerminalStyle
    private let encoder: StyleEncoder
    private var encoded: [StyleKey: EncodedStyle] = [:]
    private var decoder = KeyDecoder()
    private var shown: CellGrid?
    private let understandsXterm: Bool
    private var isOpen = true

    /// The library that draws, and its version.
    package static var libraryVersion: String { String(cString: weir_terminal_library()) }

    /// Whether a screen can be opened: output is a terminal that can show one.
    ///
    /// - Returns: what is in the way; nil if nothing is.
    package static func obstacle(environment: [String: String]) -> TerminalError? {
        guard weir_terminal_is_terminal(1) else {
            return TerminalError(code: .notATerminal, description: "standard output is not a terminal")
        }
        let name = environment["TERM"] ?? ""
        guard !name.isEmpty, name != "dumb" else {
            let what = name.isEmpty ? "TERM is not set" : "TERM=dumb says that this terminal cannot show a screen"
            return TerminalError(code: .noScreen, description: "\(what)")
        }
        guard weir_terminal_describe(name).is_known else { return Self.unknown(name) }
        return nil
    }

    /// Opens the screen on this thread.
    ///
    /// - Parameters:
    ///   - configuration: How.
    ///   - styles: What a role looks like, and what it looks like when selected; asked once for each until the screen is
    ///     invalidated.
    /// - Throws: ``TerminalError`` with all of its codes.
    package init(
        configuration: Configuration,
        styles: @escaping (_ role: StyleRole, _ isSelected: Bool) -> TerminalStyle
    ) throws(TerminalError) {
        if let obstacle = Self.obstacle(environment: configuration.environment) { throw obstacle }
        let name = configuration.environment["TERM"] ?? ""
        let description = weir_terminal_describe(name)
        let directName = withUnsafeBytes(of: description.direct_name) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        let decision = ColorLevel.decide(
            option: configuration.color,
            setting: configuration.colorSetting,
            environment: configuration.environment,
            abilities: TerminalAbilities(
                isKnown: description.is_known,
                colors: Int(description.colors),
                directName: description.has_direct ? directName : nil
            )
        )
        self.terminalName = decision.level == .trueColor ? directName : name
        let info = try Self.open(
            name: self.terminalName,
            level: decision.level,
            // Over a slow line the rest of a key may take longer.
            escapeDelay: configuration.environment["SSH_CONNECTION"] == nil ? 25 : 50
        )
        self.color = decision
        self.isUTF8 = info.is_utf8
        self.understandsXterm = info.is_xterm_like
        self.styles = styles
        self.encoder = StyleEncoder(level: decision.level, colors: Int(info.colors))
        self.size = Self.currentSize()
    }

    deinit {
        if self.isOpen { weir_terminal_close() }
    }

    /// Gives the terminal back; the screen cannot be used after it.
    package func close() {
        guard self.isOpen else { return }
        self.isOpen = false
        weir_terminal_close()
    }

    // MARK: Output

    /// Shows a grid.
    package func present(_ grid: CellGrid) {
        guard self.isOpen else { return }
        let isAll = self.shown == nil
        let base = self.shown ?? CellGrid(size: ScreenSize(columns: 0, rows: 0))
        let runs = grid.changes(since: base)
        guard isAll || !runs.isEmpty else { return }
        for run in runs where !self.put(run) {
            // No room for more pairs of colors: those on the screen are defined anew, with the whole picture.
            for row in 0..<grid.size.rows {
                _ = self.put(CellRun(row: row, column: 0, cells: grid.line(row)))
            }
            break
        }
        weir_terminal_flush()
        self.shown = grid
    }

    /// Forgets what is on the screen, and what styles look like.
    package func invalidate() {
        guard self.isOpen else { return }
        self.shown = nil
        self.encoded = [:]
        weir_terminal_invalidate()
    }

    /// Puts text on the clipboard of the terminal.
    package func copy(_ text: String) -> Bool {
        guard self.isOpen, self.understandsXterm, let bytes = ClipboardSequence.bytes(for: text) else { return false }
        return bytes.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { weir_terminal_write($0.baseAddress, $0.count) }
        }
    }

    private func put(_ run: CellRun) -> Bool {
        withUnsafeTemporaryAllocation(of: weir_terminal_cell.self, capacity: run.cells.count) { buffer in
            var count = 0
            for cell in run.cells {
                buffer.initializeElement(at: count, to: self.encode(cell))
                count += 1
            }
            return weir_terminal_put(Int32(run.row), Int32(run.column), buffer.baseAddress, Int32(count))
        }
    }

    private func encode(_ cell: Cell) -> weir_terminal_cell {
        var result = weir_terminal_cell()
        let style = self.style(of: cell)
        result.foreground = style.foreground
        result.background = style.background
        result.attributes = style.attributes.rawValue
        guard case .glyph(let text, let width) = cell.content else { return result }
        result.width = UInt8(width)
        var scalars = text.unicodeScalars.makeIterator()
        result.scalars.0 = scalars.next()?.value ?? 0x20
        result.scalars.1 = scalars.next()?.value ?? 0
        result.scalars.2 = scalars.next()?.value ?? 0
        result.scalars.3 = scalars.next()?.value ?? 0
        result.scalars.4 = scalars.next()?.value ?? 0
        return result
    }

    private func style(of cell: Cell) -> EncodedStyle {
        let key = StyleKey(role: cell.role, isSelected: cell.isSelected)
        if let known = self.encoded[key] { return known }
        let style = self.encoder.encode(self.styles(cell.role, cell.isSelected))
        self.encoded[key] = style
        return style
    }

    // MARK: Input

    /// Waits for input, a wake-up or a signal.
    ///
    /// - Parameter limit: How long at most; nil: until there is something.
    /// - Returns: all that is there, keys first; may be empty.
    package func waitForInput(atMost limit: Duration?) -> [InputEvent] {
        guard self.isOpen else { return [.terminated(.hangUp)] }
        let timeout = Self.milliseconds(limit)
        let pasteTimeout: Int32 = 1000
        let isEndOfPasteDue = self.decoder.isPasting && (timeout < 0 || timeout > pasteTimeout)
        let found = weir_terminal_poll(isEndOfPasteDue ? pasteTimeout : timeout)
        // The end mark of pasted text may be lost; keys must not be for ever.
        if found == 0, isEndOfPasteDue { return self.decoder.endPaste() }

        var events: [InputEvent] = []
        if found & UInt32(WEIR_TERMINAL_INPUT) != 0 { events += self.decoder.feed(self.readUnits()) }
        if found & UInt32(WEIR_TERMINAL_STOP) != 0 {
            weir_terminal_suspend(false)
            events += self.takeBack()
        } else if found & UInt32(WEIR_TERMINAL_CONTINUED) != 0 {
            weir_terminal_retake()
            events += self.takeBack()
        } else if found & UInt32(WEIR_TERMINAL_RESIZED) != 0 {
            events += self.readSize()
        }
        if found & UInt32(WEIR_TERMINAL_WOKEN) != 0 { events.append(.wake) }
        if found & UInt32(WEIR_TERMINAL_INTERRUPT) != 0 { events.append(.terminated(.interrupt)) }
        if found & UInt32(WEIR_TERMINAL_TERMINATE) != 0 { events.append(.terminated(.terminate)) }
        if found & UInt32(WEIR_TERMINAL_HANG_UP) != 0 { events.append(.terminated(.hangUp)) }
        return events
    }

    /// Gives the terminal back and stops the process, and the others of its job, until it is continued.
    package func suspend() {
        guard self.isOpen else { return }
        weir_terminal_suspend(true)
        self.shown = nil
        _ = self.readSize()
    }

    private func takeBack() -> [InputEvent] {
        self.shown = nil
        return self.readSize() + [.redraw]
    }

    private func readSize() -> [InputEvent] {
        let size = Self.currentSize()
        guard size != self.size else { return [] }
        self.size = size
        weir_terminal_resize(Int32(size.columns), Int32(size.rows))
        return [.resized(size)]
    }

    private func readUnits() -> [TerminalUnit] {
        var units: [TerminalUnit] = []
        let capacity = 256
        withUnsafeTemporaryAllocation(of: weir_terminal_unit.self, capacity: capacity) { buffer in
            while true {
                let count = Int(weir_terminal_read(buffer.baseAddress, Int32(capacity)))
                for unit in buffer.prefix(count) {
                    if !unit.is_key {
                        if let scalar = Unicode.Scalar(unit.code) { units.append(.scalar(scalar)) }
                    } else if unit.code == UInt32(WEIR_KEY_SYNCHRONIZED) {
                        weir_terminal_set_synchronized(true)
                    } else if let key = TerminalUnit(keyCode: unit.code) {
                        units.append(key)
                    }
                }
                guard count == capacity else { return }
            }
        }
        return units
    }

    // MARK: Opening

    private static func open(
        name: String,
        level: ColorLevel,
        escapeDelay: Int32
    ) throws(TerminalError) -> weir_terminal_info {
        var info = weir_terminal_info()
        let mode =
            switch level {
            case .monochrome: WEIR_TERMINAL_MONOCHROME
            case .sixteen, .palette256: WEIR_TERMINAL_PALETTE
            case .trueColor: WEIR_TERMINAL_DIRECT
            }
        let result = name.withCString { name in
            // Keys come from the terminal even if data comes on standard input.
            var options = weir_terminal_options(
                name: name,
                input: weir_terminal_is_terminal(0) ? 0 : -1,
                output: 1,
                color_mode: Int32(mode),
                escape_delay: escapeDelay
            )
            return weir_terminal_open(&options, &info)
        }
        switch Int(result) {
        case Int(WEIR_TERMINAL_OK): return info
        case Int(WEIR_TERMINAL_NOT_A_TERMINAL):
            throw TerminalError(code: .notATerminal, description: "there is no terminal to read keys from")
        case Int(WEIR_TERMINAL_UNKNOWN_NAME): throw Self.unknown(name)
        case Int(WEIR_TERMINAL_ALREADY_OPEN):
            throw TerminalError(code: .alreadyOpen, description: "the screen is open already")
        default: throw TerminalError(code: .system, description: "the terminal could not be opened")
        }
    }

    private static func unknown(_ name: String) -> TerminalError {
        TerminalError(
            code: .unknownTerminal,
            description: "there is no usable entry for TERM=\(name) in the terminfo data base; "
                + "try TERM=xterm-256color, or install the Debian package ncurses-term"
        )
    }

    private static func currentSize() -> ScreenSize {
        var columns: Int32 = 0
        var rows: Int32 = 0
        weir_terminal_size(&columns, &rows)
        return ScreenSize(columns: Int(columns), rows: Int(rows))
    }

    private static func milliseconds(_ limit: Duration?) -> Int32 {
        guard let limit else { return -1 }
        let (seconds, attoseconds) = limit.components
        guard seconds < 1_000_000 else { return 1_000_000_000 }
        // Rounded up: a wait that ends too early would be repeated at once.
        let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(max(0, milliseconds))
    }
}

@available(*, unavailable)
extension NcursesScreen: Sendable {}
