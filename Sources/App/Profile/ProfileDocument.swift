import Alerting
import JSON
import Monitoring
import Statistics

/// A reference as a portable profile.
enum ProfileDocument {
    /// The whole document, with its hash.
    ///
    /// - Complexity: O(cells).
    static func document(of reference: Reference, task: ModelSchema.Task) -> JSONNode {
        var members = described(reference, task: task)
        members.append(
            JSONNode.Member(
                "extension",
                .object([
                    JSONNode.Member("encoding", "driftline-summary"),
                    JSONNode.Member("bytes", .string(Base64.encoded(reference.encoded()))),
                ])))
        members.append(JSONNode.Member("content_hash", .string(ProfileFormat.hash(.object(members)))))
        return .object(members)
    }

    /// The members that say in the open what the extension holds as bytes.
    static func described(_ reference: Reference, task: ModelSchema.Task) -> [JSONNode.Member] {
        let profile = reference.profile
        var members = [
            JSONNode.Member("format", .string(ProfileFormat.name)),
            JSONNode.Member("format_version", .integer(ProfileFormat.version)),
            JSONNode.Member("task", .string(task.rawValue)),
            JSONNode.Member("residual_scale", integer(profile.residualScale.exponent)),
        ]
        members += self.members(of: profile.pooled)
        members.append(
            JSONNode.Member(
                "segments",
                .array(
                    profile.segments.map { segment in
                        .object(
                            [JSONNode.Member("segment", .string(segment.name.string))] + self.members(of: segment.rows))
                    })))
        members.append(JSONNode.Member("outcomes", outcomes(reference.pane.outcomes)))
        return members
    }

    private static func members(of rows: ReferenceProfile.Rows) -> [JSONNode.Member] {
        [
            JSONNode.Member("rows", integer(rows.count)), JSONNode.Member("undeclared", integer(rows.undeclared)),
            JSONNode.Member("columns", .array(rows.columns.map { column($0) })),
        ] + (rows.weights.map { [JSONNode.Member("weights", weights($0))] } ?? [])
    }

    private static func weights(_ weights: ReferenceProfile.Weights) -> JSONNode {
        func part(_ part: ReferenceProfile.Weights.Part) -> JSONNode {
            .object([
                JSONNode.Member("rows", integer(part.count)),
                JSONNode.Member("columns", .array(part.columns.map { column($0, isPart: true) })),
            ])
        }
        return .object([
            JSONNode.Member("more", part(weights.more)), JSONNode.Member("less", part(weights.less)),
            JSONNode.Member("squares", .string(weights.squares.description)),
            JSONNode.Member(
                "missing_squares",
                .array(weights.missingSquares.map { [.string($0.name.address), .string($0.squares.description)] })),
        ])
    }

    /// A column; one that counts rows as often as their weights say has no extremes.
    private static func column(_ column: ReferenceProfile.Column, isPart: Bool = false) -> JSONNode {
        var members = [JSONNode.Member("column", .string(column.name.address))]
        switch column.content {
        case .numeric(let parts):
            members.append(JSONNode.Member("kind", "numeric"))
            if let grid = column.grid {
                members.append(JSONNode.Member("scale", integer(grid.scale.exponent)))
                members.append(JSONNode.Member("cut_points", .array(grid.cutPoints.map { .number($0) })))
                members.append(JSONNode.Member("deciles", .array(grid.deciles.map { .number($0) })))
            }
            members += self.members(of: parts).filter { !isPart || !["minimum", "maximum"].contains($0.name) }
        case .categorical(let parts):
            members.append(JSONNode.Member("kind", "categorical"))
            members.append(JSONNode.Member("missing", integer(parts.missing)))
            members.append(JSONNode.Member("type_errors", integer(parts.typeErrors)))
            members.append(
                JSONNode.Member(
                    "categories", .array(parts.categories.map { [.string($0.name.string), integer($0.count)] })))
            members.append(
                JSONNode.Member("hashed", .array(parts.hashed.map { [integer($0.cell), integer($0.count)] })))
        }
        return .object(members)
    }

    private static func members(of parts: NumericParts) -> [JSONNode.Member] {
        [
            JSONNode.Member("missing", integer(parts.missing)),
            JSONNode.Member("type_errors", integer(parts.typeErrors)),
            JSONNode.Member("out_of_range", integer(parts.outOfRange)),
            JSONNode.Member("minimum", parts.minimum.map { .number($0) } ?? .null),
            JSONNode.Member("maximum", parts.maximum.map { .number($0) } ?? .null),
            JSONNode.Member("open", .array(parts.open.map(integer))),
            JSONNode.Member("at", .array(parts.point.map(integer))),
            JSONNode.Member("sums", .array(parts.sums.map { .string($0.description) })),
            JSONNode.Member("squares", .array(parts.squares.map { .string($0.description) })),
            JSONNode.Member("unsummed", integer(parts.unsummed)),
        ]
    }

    /// How predictions turned out, as far as it can be told in the open: for reading, not for importing.
    private static func outcomes(_ outcomes: Outcomes) -> JSONNode {
        let cells = outcomes.counts.confusion.counts.sorted { $0.key < $1.key }
        return .object([
            JSONNode.Member("labels", integer(outcomes.counts.labels)),
            JSONNode.Member(
                "confusion",
                .array(
                    cells.map { cell, count in
                        [.string(cell.predicted.string), .string(cell.actual.string), integer(count)]
                    })),
        ])
    }

    private static func integer(_ value: Int) -> JSONNode { .integer(Int64(value)) }
}
