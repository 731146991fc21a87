// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A column as a filter names it.
package struct FilterColumn: Hashable, Sendable {
    /// The column.
    package var id: String
    /// Its heading, which names it as well.
    package var title: String
    /// What its figures count.
    package var unit: FigureUnit

    package init(id: String, title: String, unit: FigureUnit) {
        self.id = id
        self.title = title
        self.unit = unit
    }
}

extension Column {
    /// The column as a filter names it.
    package var asFilterColumn: FilterColumn { FilterColumn(id: self.id, title: self.title, unit: self.unit) }
}
