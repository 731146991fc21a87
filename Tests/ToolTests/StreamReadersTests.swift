// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import TestSupport
import Testing

@testable import weir

/// Runs of one machine know of each other.
struct StreamReadersTests {
    private static let stream = StreamARN("arn:aws:dynamodb:us-east-1:1:table/T/stream/2026-01-01T00:00:00.000")

    private let folder: TemporaryFolder
    private var path: String { "\(self.folder.path)/state/weir/readers" }

    init() throws { self.folder = try TemporaryFolder() }

    private func reader(of stream: StreamARN = Self.stream, endpoint: String? = nil) -> StreamReaders {
        StreamReaders(of: stream, endpoint: endpoint, folder: self.path)
    }

    @Test func eachSeesTheOthersUntilTheyLeave() {
        let first = self.reader()
        #expect(first.others == 0)
        let second = self.reader()
        let third = self.reader()
        #expect([first, second, third].map(\.others) == [2, 2, 2])
        second.leave()
        second.leave()
        #expect([first, third].map(\.others) == [1, 1])
    }

    @Test func readersOfOtherStreamsAndOtherEndpointsAreNotCounted() {
        let first = self.reader()
        let others = [
            self.reader(of: StreamARN("\(Self.stream.text)9")), self.reader(endpoint: "http://127.0.0.1:8000"),
        ]
        #expect(first.others == 0)
        #expect(others.map(\.others) == [0, 0])
    }

    @Test func aFileThatIsLeftBehindIsNoReaderAndGoesAway() throws {
        let first = self.reader()
        let folder = try #require(try FileManager.default.contentsOfDirectory(atPath: self.path).first)
        let stale = "\(self.path)/\(folder)/4242-0"
        try Data().write(to: URL(fileURLWithPath: stale))
        #expect(first.others == 0)
        #expect(!FileManager.default.fileExists(atPath: stale))
    }

    @Test func filesAreForTheirOwnerAlone() throws {
        let reader = self.reader()
        for name in try FileManager.default.subpathsOfDirectory(atPath: self.path) {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(self.path)/\(name)")
            let mode = try #require(attributes[.posixPermissions] as? Int)
            #expect(mode & 0o077 == 0, "\(name)")
        }
        #expect(reader.others == 0)
    }

    @Test func whereNoFolderCanBeMadeNobodyIsKnown() {
        let reader = StreamReaders(of: Self.stream, endpoint: nil, folder: "/dev/null/weir/readers")
        #expect(reader.others == 0)
        reader.leave()
    }
}
