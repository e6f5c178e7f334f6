package import Statistics

/// One column of a window read against several references at once.
package struct JointReading: Hashable, Sendable {
    /// What the references say together.
    package enum Verdict: String, CaseIterable, Sendable {
        /// It differs from none that can tell.
        case stable

        /// It differs from a fixed reference and from no recent one: the world has changed, and not just now.
        case newNormal = "new_normal"

        /// It differs from a recent reference: something is happening now.
        case incident

        /// It differs from a recent reference and from no fixed one: it came back from something.
        case returned

        /// It differs from a fixed reference, or from another version, and no recent one can tell since when.
        case shifted

        /// No reference can tell.
        case insufficient
    }

    /// What one reference says.
    package struct Part: Hashable, Sendable {
        /// The reference's name.
        package let name: ByteText
        /// What it stands for.
        package let role: ReferenceRole
        /// Whether the column differs from it; nil where that cannot be told.
        package let isDrifted: Bool?

        /// What one reference says.
        package init(name: ByteText, role: ReferenceRole, isDrifted: Bool?) {
            self.name = name
            self.role = role
            self.isDrifted = isDrifted
        }
    }

    /// What each reference says, in the order in which they were asked.
    package let parts: [Part]

    /// What they say together.
    package let verdict: Verdict

    /// Reads several references together.
    package init(_ parts: [Part]) {
        self.parts = parts
        verdict = Self.verdict(parts)
    }

    /// The references that the column differs from.
    package var differs: [ByteText] { parts.filter { $0.isDrifted == true }.map(\.name) }

    /// The references that it does not differ from.
    package var equals: [ByteText] { parts.filter { $0.isDrifted == false }.map(\.name) }

    /// The references that cannot tell.
    package var undecided: [ByteText] { parts.filter { $0.isDrifted == nil }.map(\.name) }

    /// The reading as a sentence: `differs from training, equals last_week`.
    package var sentence: String {
        let told = [("differs from", differs), ("equals", equals), ("cannot be told from", undecided)]
        return told.filter { !$0.1.isEmpty }
            .map { "\($0.0) \($0.1.map(\.string).joined(separator: " and "))" }.joined(separator: ", ")
    }

    private static func verdict(_ parts: [Part]) -> Verdict {
        let told = parts.filter { $0.isDrifted != nil }
        guard !told.isEmpty else { return .insufficient }
        func any(_ role: ReferenceRole) -> Bool? {
            let own = told.filter { $0.role == role }
            return own.isEmpty ? nil : own.contains { $0.isDrifted == true }
        }
        let (fixed, recent, peer) = (any(.fixed), any(.recent), any(.peer))
        switch (recent, fixed) {
        case (true?, false?): return .returned
        case (true?, _): return .incident
        case (false?, true?): return .newNormal
        case (false?, _): return .stable
        case (nil, true?): return .shifted
        case (nil, false?): return .stable
        case (nil, nil): return peer == true ? .shifted : .stable
        }
    }
}

extension WindowSummary {
    /// Which columns differ from the reference, of those about which that can be told: by the model's rate of false alarms and
    /// its control, of the Kolmogorov-Smirnov statistic for numbers and of chi-squared for texts.
    package func drifted(_ columns: [ColumnName]) -> [ColumnName: Bool] {
        var verdicts = WindowVerdicts(self)
        var told: [ColumnName: Bool] = [:]
        for column in columns {
            told[column] = verdicts.verdict(kind(of: column) == .numeric ? .ks : .chi2, column: column)?.isDrifted
        }
        return told
    }
}
