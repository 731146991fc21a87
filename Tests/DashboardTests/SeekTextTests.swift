// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import DynamoDBModel
import StreamSession
import Testing

struct SeekTextTests {
    @Test(arguments: [
        ("12:31", PlaybackCommand.seekOffset(.seconds(751))), ("1:02:03.5", .seekOffset(.milliseconds(3_723_500))),
        ("90", .seekOffset(.seconds(90))), ("200ms", .seekOffset(.milliseconds(200))), ("-90s", .move(.seconds(-90))),
        ("+5m", .move(.seconds(300))), ("40%", .seekShare(0.4)), ("seek 12.5 %", .seekShare(0.125)),
        ("@2026-01-02T03:04Z", .seek(Timestamp(seconds: 1_767_323_040))),
        ("@2026-01-02T03:04:05.250Z", .seek(Timestamp(milliseconds: 1_767_323_045_250))),
        ("batch 812", .seekBatch(BatchID(812))), (":end", .last), ("begin", .first), ("marker", .seekMarker(.forward)),
        ("marker After deploy", .seekMarkerNamed("afterdeploy")), ("record 5A4A2CA9", .seekRecord("5a4a2ca9")),
        ("record 100000000000000005098", .seekRecord("100000000000000005098")),
    ])
    func placesAreRead(text: String, command: PlaybackCommand) {
        #expect(SeekText.command(text) == command)
    }

    @Test(arguments: [
        "", "x", "12:61", "1:2:3:4", "101%", "-", "@yesterday", "batch", "batch -1", "record", "record 5a4a2c",
        "record order-1234", "99999999999999h", "1..5",
    ])
    func whatIsNoPlaceIsNone(text: String) {
        #expect(SeekText.command(text) == nil)
    }
}
