// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

@Suite struct SQLiteFileOwnerTests {
    private static func header(applicationID: UInt8, pageSize: (UInt8, UInt8) = (0x10, 0)) -> [UInt8] {
        var header = Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0, count: 84)
        (header[16], header[17]) = pageSize
        header[71] = applicationID
        return header
    }

    private static func owner(_ header: [UInt8], _ size: Int) -> SQLiteFileOwner {
        SQLiteFileOwner(header: header, fileSize: size, applicationID: 7)
    }

    @Test func aFileIsOwnByItsApplicationOrAsLongAsNothingIsInIt() {
        #expect(Self.owner(Self.header(applicationID: 7), 1 << 20) == .own)
        #expect(Self.owner(Self.header(applicationID: 8), 4096) == .other)
        #expect(Self.owner(Self.header(applicationID: 0), 4096) == .own)
        #expect(Self.owner(Self.header(applicationID: 0), 8192) == .other)
        #expect(Self.owner(Self.header(applicationID: 0, pageSize: (0, 1)), 65_536) == .own)
    }

    @Test func whatHasNoHeaderIsNoDatabase() {
        #expect(Self.owner(Array("Dear diary".utf8), 10) == .noDatabase)
        #expect(Self.owner(Array(Self.header(applicationID: 7).prefix(99)), 99) == .noDatabase)
        #expect(Self.owner([], 1) == .noDatabase)
    }
}
