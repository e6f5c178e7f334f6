/// A label or annotation of a rule: a name with a template.
package struct TemplateLabel: Hashable, Sendable {
    /// The name.
    package let name: String
    /// The text to fill in.
    package let template: Template

    /// A label by name and template.
    package init(name: String, template: Template) {
        self.name = name
        self.template = template
    }
}
