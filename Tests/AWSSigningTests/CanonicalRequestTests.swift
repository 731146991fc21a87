// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSSigning
import Testing

@Suite struct CanonicalRequestTests {
    private func request(
        _ path: String = "/",
        query: String = "",
        headers: [SignableRequest.Header] = []
    ) -> [Substring] {
        let request = SignableRequest(
            method: "GET",
            path: path,
            query: query,
            headers: headers,
            payload: PayloadHash(of: [])
        )
        return CanonicalRequest(request).text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    @Test(arguments: [
        ("", "/"), ("/", "/"), ("/a", "/a"), ("/a/", "/a/"), ("//a//b", "/a/b"), ("/./a/../b/.", "/b"), ("/..", "/"),
        ("/f/arn%3Aaws", "/f/arn%253Aaws"), ("/a~b", "/a~b"), ("/a b", "/a%20b"), ("/ä", "/%C3%A4"),
    ])
    func thePathIsNormalisedAndEncodedOnceMore(path: String, canonical: String) {
        #expect(self.request(path)[1] == canonical)
    }

    @Test(arguments: [
        ("", ""), ("b=2&a=1", "a=1&b=2"), ("a=2&a=1", "a=1&a=2"), ("a", "a="), ("a=&a", "a=&a="), ("a=b=c", "a=b=c"),
        ("B=1&a=1", "B=1&a=1"), ("a-b=1&a=2", "a=2&a-b=1"),
    ])
    func theQueryIsSortedByNameAndValue(query: String, canonical: String) {
        #expect(self.request(query: query)[2] == canonical)
    }

    @Test func headersAreSortedTrimmedAndJoined() {
        let lines = self.request(headers: [
            .init("X-B", "  one \t two  "), .init("Host", "h"), .init("x-b", "three"), .init("User-Agent", "weir"),
            .init("Authorization", "old"),
        ])
        #expect(lines[3...] == ["host:h", "x-b:one two,three", "", "host;x-b", Substring(PayloadHash(of: []).text)])
    }
}
