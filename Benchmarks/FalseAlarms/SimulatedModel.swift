package import Monitoring
package import Statistics

/// A model of simulated columns: a reference that is frozen, and windows that are folded, as the service does.
package struct SimulatedModel: Sendable {
    /// The columns' distributions.
    package let populations: [Population]
    /// The model.
    package let schema: ModelSchema

    /// A model with a column for each population.
    package init(_ populations: [Population], alerting: AlertingSpec, windows: [WindowSpec] = WindowSpec.defaults)
        throws
    {
        self.populations = populations
        var change = ModelSchemaChange()
        change.task = .unlabelled
        change.features = populations.enumerated().map { index, population in
            FeatureDeclaration(
                name: Self.name(index), kind: population.isNumeric ? .numeric : .categorical, max: population.greatest)
        }
        change.windows = windows
        change.falseAlarmRate = alerting.falseAlarmRate
        change.control = alerting.control
        change.budgetAlerts = alerting.budget.alerts
        change.budgetPer = alerting.budget.per
        change.smallestEffect = Dictionary(
            uniqueKeysWithValues: alerting.smallestEffect.map { ($0.key.rawValue, $0.value) })
        schema = try ModelSchema.creating(from: change)
    }

    /// The name of a column.
    private static func name(_ index: Int) -> ByteText { ByteText("c\(index)") }

    /// The column of a population.
    package func column(_ index: Int) -> ColumnName { .feature(Self.name(index)) }

    /// A frozen reference of so many rows.
    package func reference(_ count: Int, _ random: inout SeededNumbers) -> Reference {
        Reference.freezing(rows(count, populations, &random), schema: schema)
    }

    /// So many rows of other populations, folded.
    package func pane(_ count: Int, _ populations: [Population], on reference: Reference, _ random: inout SeededNumbers)
        -> Pane
    {
        Reference.counting(
            rows(count, populations, &random), on: reference.grids, schema: schema, name: "window"
        ).pane
    }

    /// A frozen reference of given numbers, for a model of one numeric column.
    package func reference(of values: [Double]) -> Reference { Reference.freezing(rows(of: values), schema: schema) }

    /// Given numbers, folded.
    package func pane(of values: [Double], on reference: Reference) -> Pane {
        Reference.counting(rows(of: values), on: reference.grids, schema: schema, name: "window").pane
    }

    private func rows(of values: [Double]) -> ReferenceRows {
        var rows = ReferenceRows()
        rows.count = values.count
        rows.numeric[Self.name(0)] = values
        return rows
    }

    /// What the service would answer about a window of these rows.
    package func summary(_ pane: Pane, length: PrometheusDuration = .hours(24), against reference: Reference)
        -> WindowSummary
    {
        WindowSummary(
            window: Window(end: .epoch + .days(1000), length: length), pane: pane, schema: schema,
            grids: reference.grids, reference: reference.side())
    }

    private func rows(_ count: Int, _ populations: [Population], _ random: inout SeededNumbers) -> ReferenceRows {
        var rows = ReferenceRows()
        rows.count = count
        for (index, population) in populations.enumerated() {
            let name = Self.name(index)
            if case .sampled(let whole, let sampling) = population {
                if whole.isNumeric {
                    (rows.numeric[name], rows.weights) = sampling.numbers(count, of: whole, &random)
                } else {
                    let (codes, weights) = sampling.categories(count, of: whole, &random)
                    (rows.categorical[name], rows.weights) = (Self.column(codes, of: whole.shares.count), weights)
                }
            } else if population.isNumeric {
                let values = population.numbers(count, &random)
                rows.numeric[name] = values
                if case .mistyped = population {
                    rows.typeErrors[name] = values.indices.filter { values[$0].isNaN }.map { Int32(clamping: $0) }
                }
            } else {
                let counts = population.categories(count, &random)
                let codes = counts.enumerated().flatMap { Array(repeating: Int32(clamping: $0), count: $1) }
                rows.categorical[name] = Self.column(codes, of: counts.count)
            }
        }
        return rows
    }

    private static func column(_ codes: [Int32], of categories: Int) -> CategoricalColumn {
        CategoricalColumn(codes: codes, values: (0..<categories).map { ByteText("k\($0)") })
    }
}
