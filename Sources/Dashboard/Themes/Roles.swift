// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import TerminalCells

/// The roles that the dashboard's panes use; a theme gives each its colours.
package enum Roles {
    package static let text = StyleRole("text")
    package static let dim = StyleRole("dim")
    package static let strong = StyleRole("strong")
    package static let title = StyleRole("title")
    package static let titleFocus = StyleRole("title.focus")
    package static let border = StyleRole("border")
    package static let borderFocus = StyleRole("border.focus")
    package static let header = StyleRole("header")
    package static let warn = StyleRole("warn")
    package static let error = StyleRole("error")
    package static let good = StyleRole("good")
    package static let message = StyleRole("message")
    package static let key = StyleRole("key")
    package static let keyLabel = StyleRole("key.label")
    package static let tab = StyleRole("tab")
    package static let tabActive = StyleRole("tab.active")
    package static let chip = StyleRole("chip")
    package static let match = StyleRole("match")
    package static let badInput = StyleRole("input.error")
    package static let cursor = StyleRole("input.cursor")
    package static let selection = StyleRole("selection")
    package static let profile = StyleRole("accent.profile")

    package static let modeLive = StyleRole("mode.live")
    package static let modePaused = StyleRole("mode.paused")
    package static let modeFrozen = StyleRole("mode.frozen")
    package static let modeEnded = StyleRole("mode.ended")
    package static let modeOffline = StyleRole("mode.offline")

    package static let stateOpen = StyleRole("state.open")
    package static let stateDraining = StyleRole("state.draining")
    package static let stateWaiting = StyleRole("state.waiting")
    package static let stateHeld = StyleRole("state.held")
    package static let stateBackoff = StyleRole("state.backoff")
    package static let stateClosed = StyleRole("state.closed")
    package static let stateError = StyleRole("state.error")

    package static let diffAdd = StyleRole("diff.add")
    package static let diffDelete = StyleRole("diff.del")
    package static let diffChange = StyleRole("diff.mod")
    package static let diffAddMark = StyleRole("diff.add.mark")
    package static let diffDeleteMark = StyleRole("diff.del.mark")
    package static let diffName = StyleRole("diff.name")
    package static let diffKey = StyleRole("diff.key")
    package static let typeTag = StyleRole("value.type")

    package static let eventInsert = StyleRole("event.insert")
    package static let eventModify = StyleRole("event.modify")
    package static let eventRemove = StyleRole("event.remove")
    package static let eventExpired = StyleRole("event.ttl")

    package static let axis = StyleRole("chart.axis")
    package static let chartLimit = StyleRole("chart.limit")
    package static let chartHeld = StyleRole("chart.held")
    package static let chartGap = StyleRole("chart.gap")
    package static let chartLate = StyleRole("chart.late")
    package static let chartRecords = StyleRole("chart.rate")
    package static let chartDeletes = StyleRole("chart.deletes")
    package static let chartCapacity = StyleRole("chart.capacity")
    package static let chartLag = StyleRole("chart.lag")
    package static let chartBatch = StyleRole("chart.batch")
    package static let chartSaved = StyleRole("chart.saved")
    package static let chartSpent = StyleRole("chart.spent")

    /// The three steps of a chart's colour from its bottom to its top.
    package static func ramp(_ chart: StyleRole) -> [StyleRole] {
        Self.ramps[chart] ?? [chart, chart, chart]
    }

    private static let ramps: [StyleRole: [StyleRole]] = Dictionary(
        uniqueKeysWithValues: Self.charts.map { chart in
            (chart, ["low", "mid", "high"].map { StyleRole("\(chart.name).\($0)") })
        }
    )

    /// Charts with a colour of their own.
    package static let charts = [
        Self.chartRecords, Self.chartDeletes, Self.chartCapacity, Self.chartLag, Self.chartBatch,
    ]

    /// Every role that a pane draws with.
    package static let all: [StyleRole] =
        [
            Self.text, Self.dim, Self.strong, Self.title, Self.titleFocus, Self.border, Self.borderFocus, Self.header,
            Self.warn, Self.error, Self.good, Self.message, Self.key, Self.keyLabel, Self.tab, Self.tabActive,
            Self.chip, Self.match, Self.badInput, Self.cursor, Self.selection, Self.profile,
            Self.modeLive, Self.modePaused, Self.modeFrozen, Self.modeEnded, Self.modeOffline,
            Self.stateOpen, Self.stateDraining, Self.stateWaiting, Self.stateHeld, Self.stateBackoff,
            Self.stateClosed, Self.stateError,
            Self.diffAdd, Self.diffDelete, Self.diffChange, Self.diffAddMark, Self.diffDeleteMark, Self.diffName,
            Self.diffKey, Self.typeTag,
            Self.eventInsert, Self.eventModify, Self.eventRemove, Self.eventExpired,
            Self.axis, Self.chartLimit, Self.chartHeld, Self.chartGap, Self.chartLate, Self.chartSaved, Self.chartSpent,
        ] + Self.charts.flatMap { Self.ramp($0) }
}
