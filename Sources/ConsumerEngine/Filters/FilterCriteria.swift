// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// The filters of a consumer, `FilterCriteria` of Lambda: a record is handled if one pattern at least matches it.
///
/// Without patterns every record is.
public struct FilterCriteria: Sendable, Hashable, CustomStringConvertible {
    /// How many filters Lambda takes without asking.
    ///
    /// Source: Lambda developer guide, event filtering.
    public static let usualCount = 5
    /// How many filters there may be: what Lambda's quota can be raised to.
    public static let maximumCount = 10

    /// No filter: everything matches.
    public static let none = FilterCriteria()

    /// The patterns.
    public let patterns: [EventPattern]
    let program: FilterProgram

    private init() {
        self.patterns = []
        self.program = FilterProgram([])
    }

    /// Puts patterns together.
    ///
    /// - Parameter patterns: At most ``maximumCount``.
    /// - Throws: ``FilterCriteriaError`` if there are more.
    public init(_ patterns: [EventPattern]) throws(FilterCriteriaError) {
        guard patterns.count <= Self.maximumCount else {
            throw FilterCriteriaError(filter: nil, underlying: nil, count: patterns.count)
        }
        self.patterns = patterns
        self.program = FilterProgram(patterns)
    }

    /// Compiles patterns.
    ///
    /// - Parameter texts: JSON, at most ``maximumCount``.
    /// - Throws: ``FilterCriteriaError`` that tells the number of the filter, the place in it and the reason.
    public init(compiling texts: [String]) throws(FilterCriteriaError) {
        var patterns: [EventPattern] = []
        for (index, text) in texts.enumerated() {
            do throws(EventPatternError) {
                patterns.append(try EventPattern(text))
            } catch {
                throw FilterCriteriaError(filter: index + 1, underlying: error, count: texts.count)
            }
        }
        try self.init(patterns)
    }

    /// Whether everything matches because there is no pattern.
    public var isEmpty: Bool { self.patterns.isEmpty }

    /// What the author of the filters should know, for people: a line each.
    public var warnings: [String] {
        var lines: [String] = []
        if self.patterns.count > Self.usualCount {
            lines.append(
                "\(self.patterns.count) filters: Lambda takes \(Self.usualCount) unless the quota of the account was raised"
            )
        }
        for (index, pattern) in self.patterns.enumerated() {
            lines += pattern.warnings.map {
                self.patterns.count > 1 ? "filter \(index + 1), \($0)" : $0.description
            }
        }
        return lines
    }

    /// The patterns, with `or` between them.
    public var description: String {
        self.isEmpty ? "none" : self.patterns.map(\.text).joined(separator: " or ")
    }

    /// Whether a whole document matches.
    ///
    /// - Parameter event: The record as a function in AWS Lambda gets it.
    /// - Returns: False for anything but an object, unless there is no filter.
    package func matches(_ event: JSONValue) -> Bool {
        guard !self.isEmpty else { return true }
        guard case .object = event else { return false }
        let document = self.projected(event)
        return self.program.rules.contains { RuleMatcher.matches($0.whole, document) }
    }

    func projected(_ event: JSONValue) -> ProjectedDocument {
        var document = ProjectedDocument()
        JSONValueProjector(paths: self.program.paths).project(event, path: 0, to: nil, into: &document)
        return document
    }

    /// Whether the patterns are the same.
    public static func == (left: FilterCriteria, right: FilterCriteria) -> Bool {
        left.patterns == right.patterns
    }

    /// Hashes the patterns.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.patterns)
    }
}
