/// One parser and what is thrown at it; named on the command line of `scripts/fuzz`.
enum FuzzTarget: String, CaseIterable {
    case predictions
    case labels
    case reference
    case times
    case gzip
    case json
    case schema
    case profile
    case expression
    case rules
    case ruleTests = "rule-tests"
    case notifications
    case retraining
    case template
    case matchers
    case pattern
    case addresses
    case hosts
    case panes
    case references
    case identities

    /// Reads one input. Whatever it is, this returns: an error is an answer, a trap is a find.
    func read(_ bytes: [UInt8]) {
        switch self {
        case .predictions: RowTargets.predictions(bytes)
        case .labels: RowTargets.labels(bytes)
        case .reference: RowTargets.reference(bytes)
        case .times: RowTargets.times(bytes)
        case .gzip: DocumentTargets.gzip(bytes)
        case .json: DocumentTargets.json(bytes)
        case .schema: DocumentTargets.schema(bytes)
        case .profile: DocumentTargets.profile(bytes)
        case .expression: RuleTargets.expression(bytes)
        case .rules: RuleTargets.rules(bytes)
        case .ruleTests: RuleTargets.tests(bytes)
        case .notifications: SettingsTargets.notifications(bytes)
        case .retraining: SettingsTargets.retraining(bytes)
        case .template: RuleTargets.template(bytes)
        case .matchers: SettingsTargets.matchers(bytes)
        case .pattern: RuleTargets.pattern(bytes)
        case .addresses: SettingsTargets.addresses(bytes)
        case .hosts: RequestTargets.hosts(bytes)
        case .panes: StoredTargets.panes(bytes)
        case .references: StoredTargets.references(bytes)
        case .identities: StoredTargets.identities(bytes)
        }
    }
}
